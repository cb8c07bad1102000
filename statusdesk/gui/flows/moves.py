"""Moving accounts between statuses, whichever way people asked for it."""

from PySide6.QtCore import QDate, QObject, Slot

from statusdesk.domain.changes import Outcome, Selection
from statusdesk.gui import formats
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.session import Session
from statusdesk.gui.wording import deed, tr


def circumstances(session: Session, outcome: Outcome, reason: str, due_at: int | None = None) -> str:
    """Say where the accounts come from, when (now, or at an instant to come), and why."""
    flows = () if outcome.consequences is None else outcome.consequences.flows
    names = [session.status(flow.old_status).name for flow in flows if flow.old_status is not None]
    now = tr("Now, {day}.").format(day=formats.locale().toString(QDate.currentDate(), "dddd d MMMM yyyy"))
    then = tr("Not now: on {moment}, as things stand today.")
    parts = [now if due_at is None else then.format(moment=formats.long_moment(due_at, session.info.time_zone))]
    if len(names) > 2:
        parts.insert(0, tr("From {count} statuses.").format(count=len(names)))
    elif names:
        parts.insert(0, tr("From {statuses}.").format(statuses=tr(" and ").join(names)))
    if reason:
        parts.append(tr("Reason: {reason}").format(reason=reason))
    return " ".join(parts)


class Moves(QObject):
    """Reassigns accounts in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    @Slot(object)
    def carry_out(self, wish: Wish) -> None:
        """Move accounts as the row below the list says: now, or later."""
        if wish.due_at is None:
            self.reassign(wish.selection, wish.status_id, wish.reason)
        else:
            self.plan(wish.selection, wish.status_id, wish.due_at, wish.reason)

    def reassign(self, selection: Selection, status_id: int, reason: str = "") -> None:
        """Move the selected accounts into a status, with the card first where it is due."""
        self._weighing.weigh(
            lambda desk, dry: desk.reassign(selection, status_id, reason=reason, dry_run=dry),
            lambda outcome: self._head(outcome, status_id, reason),
        )

    def plan(self, selection: Selection, status_id: int, due_at: int, reason: str = "") -> None:
        """Plan that the selected accounts move at an instant to come; the card says what that will do then."""
        self._weighing.weigh(
            lambda desk, dry: desk.plan_change(selection, status_id, due_at, reason=reason, dry_run=dry),
            lambda outcome: self._head(outcome, status_id, reason, due_at),
        )

    def _head(self, outcome: Outcome, status_id: int, reason: str, due_at: int | None = None) -> CardHead:
        status = self._session.status(status_id)
        title, icon = deed(outcome.kind, outcome.facts), status_icon(status.shape, status.colour)
        said = circumstances(self._session, outcome, reason, due_at)
        return CardHead(title, said, icon, tr("Apply") if due_at is None else tr("Plan"))
