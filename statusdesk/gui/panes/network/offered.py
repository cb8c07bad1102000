"""The lists of the network's page, in their order."""

from typing import Any, Final

from statusdesk.gui.panes.network.grid import GridList
from statusdesk.gui.panes.network.levels import LevelsList
from statusdesk.gui.panes.network.problems import ProblemsList
from statusdesk.gui.panes.network.targets import TargetsList
from statusdesk.gui.panes.work.worklist import Worklist

LISTS: Final[tuple[type[Worklist[Any]], ...]] = (LevelsList, GridList, ProblemsList, TargetsList)
"""Each is made with the window's weighing."""
