"""Which worklists there are, in the order in which they are listed."""

from typing import Any, Final

from statusdesk.gui.panes.work.coming_back import ComingBackList
from statusdesk.gui.panes.work.planned import PlannedList
from statusdesk.gui.panes.work.worklist import Worklist

WORKLISTS: Final[tuple[type[Worklist[Any]], ...]] = (PlannedList, ComingBackList)
