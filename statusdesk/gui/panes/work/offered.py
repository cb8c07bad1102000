"""Which worklists there are, in the order in which they are listed."""

from typing import Any, Final

from statusdesk.gui.panes.work.collections import CollectionsList
from statusdesk.gui.panes.work.coming_back import ComingBackList
from statusdesk.gui.panes.work.installs import InstallsList
from statusdesk.gui.panes.work.leads import LeadsList
from statusdesk.gui.panes.work.planned import PlannedList
from statusdesk.gui.panes.work.unpaid import UnpaidList
from statusdesk.gui.panes.work.winback import WinbackList
from statusdesk.gui.panes.work.worklist import Worklist

WORKLISTS: Final[tuple[type[Worklist[Any]], ...]] = (
    PlannedList,
    ComingBackList,
    InstallsList,
    LeadsList,
    WinbackList,
    UnpaidList,
    CollectionsList,
)
