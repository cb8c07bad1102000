"""All roads that changes take in one window: nothing of them shows, so the window stands before they are laid."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from statusdesk.gui.flows.accounts import AccountFlow
from statusdesk.gui.flows.due import DuePlans
from statusdesk.gui.flows.files import FileFlow
from statusdesk.gui.flows.keeping import Keeping
from statusdesk.gui.flows.living import LivingFlow
from statusdesk.gui.flows.moves import Moves
from statusdesk.gui.flows.rehearsing import Rehearsing
from statusdesk.gui.flows.statuses import StatusFlow
from statusdesk.gui.flows.taking_back import TakingBack
from statusdesk.gui.flows.vacations import VacationFlow
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.window_pages import NETWORK
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from statusdesk.gui.flows.billing import BillingFlow
    from statusdesk.gui.flows.collections import CollectionsFlow
    from statusdesk.gui.flows.taking_away import TakingAway
    from statusdesk.gui.flows.unpaid import UnpaidFlow
    from statusdesk.gui.flows.unpublished import Unpublished, Waits
    from statusdesk.gui.main_window import MainWindow


class Flows:
    """What carries out the wishes of a window; it looks for what is due as soon as it is made."""

    def __init__(self, window: MainWindow) -> None:
        self.weighing = Weighing(window.session, window.messages, window.prompts, window)
        self.weighing.show_flagged = window.show_flagged
        self.moves = Moves(self.weighing)
        self.statuses = StatusFlow(self.weighing, window.statuses)
        self.accounts = AccountFlow(self.weighing)
        self.taking_back = TakingBack(self.weighing)
        self.vacations = VacationFlow(self.weighing)
        self.living = LivingFlow(self.weighing)
        self.files = FileFlow(self.weighing, window.open_database)
        self.keeping = Keeping(self.weighing)
        self.rehearsing = Rehearsing(self.weighing, window.open_database)
        self.due = DuePlans(self.weighing, window.show_flagged)
        self._watch_publishing(window)

    @cached_property
    def billing(self) -> BillingFlow:
        """What hands months over to the biller, once that is wished for."""
        from statusdesk.gui.flows.billing import BillingFlow

        return BillingFlow(self.weighing)

    @cached_property
    def collections(self) -> CollectionsFlow:
        """What hands debts over and takes them back, once that is wished for."""
        from statusdesk.gui.flows.collections import CollectionsFlow

        return CollectionsFlow(self.weighing)

    def _watch_publishing(self, window: MainWindow) -> None:
        """Tell in the window what targets do not know yet; who has none imports nothing for it."""
        self.unpublished: Unpublished | None = None

        def begin() -> None:
            if self.unpublished is None and not window.session.is_lost and window.session.reader.has_targets():
                from statusdesk.gui.flows.unpublished import Unpublished

                self.unpublished = Unpublished(self.weighing)
                self.unpublished.counted.connect(lambda waits: show_unpublished(window, waits))

        window.session.changed.connect(begin)
        begin()

    @cached_property
    def unpaid(self) -> UnpaidFlow:
        """What deals with those who do not pay, once that is wished for."""
        from statusdesk.gui.flows.unpaid import UnpaidFlow

        return UnpaidFlow(self.weighing)

    @cached_property
    def taking_away(self) -> TakingAway:
        """What takes views away, once that is wished for."""
        from statusdesk.gui.flows.taking_away import TakingAway

        return TakingAway(self.weighing)


def show_unpublished(window: MainWindow, waits: Waits) -> None:
    """Show in the switch of pages and in the foot of a window what was not published yet."""
    from statusdesk.gui.panes.network.targets import waits as said

    lines = [f"{name}: {said(waiting)}" for name, waiting in waits.items()]
    text = tr("Not published: {targets}").format(targets=", ".join(waits)) if waits else ""
    window.action_bar.mark_page(NETWORK, len(waits), text)
    window.status_line.show_unpublished(text, "\n".join(lines))
