"""Moving accounts between statuses, whichever way people asked for it."""

from PySide6.QtCore import QDate, QObject

from statusdesk.domain.changes import Outcome, Selection
from statusdesk.gui import formats
from statusdesk.gui.dialogs.consequence_card import CardHead
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.icons import status_icon
from statusdesk.gui.session import Session
from statusdesk.gui.wording import deed, tr


def circumstances(session: Session, outcome: Outcome, reason: str) -> str:
    """Say where the accounts come from, when, and why."""
    flows = () if outcome.consequences is None else outcome.consequences.flows
    names = [session.status(flow.old_status).name for flow in flows if flow.old_status is not None]
    parts = [tr("Now, {day}.").format(day=formats.locale().toString(QDate.currentDate(), "dddd d MMMM yyyy"))]
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

    def reassign(self, selection: Selection, status_id: int, reason: str = "") -> None:
        """Move the selected accounts into a status, with the card first where it is due."""

        def head(outcome: Outcome) -> CardHead:
            status = self._session.status(status_id)
            title = deed(outcome.kind, outcome.facts)
            icon = status_icon(status.shape, status.colour)
            return CardHead(title, circumstances(self._session, outcome, reason), icon, tr("Apply"))

        self._weighing.weigh(
            lambda desk, dry: desk.reassign(selection, status_id, reason=reason, dry_run=dry), head
        )
