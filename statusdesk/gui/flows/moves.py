"""Moving accounts between statuses, whichever way people asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QObject, Slot

from statusdesk.domain.admission_errors import DetailsMissing, OnlyTakenBack
from statusdesk.gui import formats
from statusdesk.gui.flows.asking import ask_missing
from statusdesk.gui.icons import status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.wording import deed, tr
from statusdesk.services.collections import take_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.gui.session import Session
    from statusdesk.services.desk import Desk


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
    """Reassigns accounts in one window; asks for what the status requires, and twice where debt is left."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def reassign(self, selection: Selection, status_id: int) -> None:
        """Move the selected accounts into a status, with the card first where it is due."""
        self.carry_out(Wish(selection, status_id))

    @Slot(object)
    def carry_out(self, wish: Wish) -> None:
        """Move accounts now, or plan that they move later; the card says what that does."""
        self._weighing.weigh(
            lambda desk, dry: self._do(desk, wish, dry),
            lambda outcome: self._head(outcome, wish),
            always=self._always(wish),
            failed=lambda error: self._find_way(error, wish),
        )

    def _do(self, desk: Desk, wish: Wish, dry: bool) -> Outcome:
        selection, status_id, reason, due_at, details = (
            wish.selection, wish.status_id, wish.reason, wish.due_at, wish.details,
        )  # fmt: skip
        if due_at is None:
            return desk.reassign(selection, status_id, reason=reason, details=details, dry_run=dry)
        return desk.plan_change(selection, status_id, due_at, reason=reason, details=details, dry_run=dry)

    def _always(self, wish: Wish) -> bool:
        """Say whether the card comes although nobody's billing changes."""
        return bool(self._session.status(wish.status_id).customer_note)

    def _find_way(self, error: Exception, wish: Wish) -> None:
        """Ask for what is missing, or whether debt is to be left; refuse what has no such way out."""
        if isinstance(error, DetailsMissing):
            self._ask(wish, error.missing)
        elif isinstance(error, OnlyTakenBack) and wish.due_at is None:
            self.take_back(wish.selection, wish.status_id, wish.reason)
        else:
            self._weighing.refuse(error)

    def _ask(self, wish: Wish, missing: Sequence[str]) -> None:
        from statusdesk.gui.dialogs.required_fields import Given

        def go_on(given: Given) -> None:
            self.carry_out(wish._replace(reason=given.reason, details=given.details))

        status = self._session.status(wish.status_id)
        ask_missing(self._weighing, status, missing, Given(wish.reason, wish.details), go_on)

    def take_back(self, selection: Selection, status_id: int, reason: str = "") -> None:
        """Take accounts back from debt; the card always asks first, and says what that means."""

        def head(outcome: Outcome) -> CardHead:
            status = self._session.status(status_id)
            said = tr("What they owe stays noted. They are no longer with the agency here; tell it so.")
            shown = " ".join(filter(None, (said, tr("Reason: {reason}").format(reason=reason) if reason else "")))
            icon = status_icon(status.shape, status.colour)
            title = deed(outcome.kind, outcome.facts)
            return CardHead(title, shown, icon, tr("Take back"), customer_note=status.customer_note, careful=True)

        self._weighing.weigh(
            lambda desk, dry: take_back(desk, selection, status_id, reason=reason, dry_run=dry), head, always=True
        )

    def _head(self, outcome: Outcome, wish: Wish) -> CardHead:
        status = self._session.status(wish.status_id)
        title, icon = deed(outcome.kind, outcome.facts), status_icon(status.shape, status.colour)
        said = circumstances(self._session, outcome, wish.reason, wish.due_at)
        apply = tr("Apply") if wish.due_at is None else tr("Plan")
        return CardHead(title, said, icon, apply, customer_note=status.customer_note)
