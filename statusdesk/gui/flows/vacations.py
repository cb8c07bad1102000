"""Vacations as people ask for them: leaving in one step, another return, coming back at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.domain.admission import ASKED_FIELDS, NOTHING
from statusdesk.domain.admission_errors import DetailsMissing
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.records import Stage
from statusdesk.gui.flows.asking import ask_missing
from statusdesk.gui.flows.form_deeds import refuse_for, weigh_for
from statusdesk.gui.flows.moves import circumstances
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import deed, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.admission import Details
    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.domain.records import Status
    from statusdesk.gui.dialogs.extend_dialog import ReturnWish
    from statusdesk.gui.dialogs.vacation_dialog import VacationDialog, VacationWish
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.planned import Away


class VacationFlow(QObject):
    """Sends accounts away and brings them back, in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def send(self, selection: Selection) -> None:
        """Let people say when the selected accounts leave and return."""
        from statusdesk.gui.dialogs.vacation_dialog import VacationDialog

        session = self._session
        statuses = [line.status for line in session.live_lines() if line.status.stage is Stage.PAUSED]
        count = self._count(selection)
        if not count:
            return
        if not statuses:
            said = tr("There is no status for a pause yet. Make one with New status ▸ Vacation, then try again.")
            self._weighing.say(said, problem=True)
            return
        one = None
        if count == 1 and isinstance(selection, AccountIds):
            one = session.reader.accounts.get(selection.ids[0])
        name = one.title if one is not None else ""
        dialog = VacationDialog(count, name, statuses, session.info, self._weighing.window)
        dialog.wished.connect(lambda wish: self._leave(dialog, selection, wish))
        dialog.open()

    def _count(self, selection: Selection) -> int:
        if isinstance(selection, AccountIds):
            return len(selection.ids)
        return self._session.reader.accounts.count(selection)

    def _leave(
        self, dialog: VacationDialog, selection: Selection, wish: VacationWish, details: Details = NOTHING
    ) -> None:
        status = self._session.status(wish.status_id)

        def head(outcome: Outcome) -> CardHead:
            said = circumstances(self._session, outcome, wish.reason, wish.leave_at)
            title, icon = deed(outcome.kind, outcome.facts), status_icon(status.shape, status.colour)
            apply = tr("Apply") if wish.leave_at is None else tr("Plan")
            return CardHead(title, said, icon, apply, customer_note=status.customer_note)

        self._weighing.weigh(
            lambda desk, dry: desk.plan_vacation(
                selection,
                wish.status_id,
                leave_at=wish.leave_at,
                return_at=wish.return_at,
                yearly=wish.yearly,
                charge=wish.charge,
                reason=wish.reason,
                details=details,
                dry_run=dry,
            ),
            head,
            always=bool(status.customer_note),
            done=lambda _: dialog.finish(),
            failed=lambda error: self._find_way(error, dialog, selection, wish),
        )

    def _find_way(
        self, error: Exception, dialog: VacationDialog, selection: Selection, wish: VacationWish
    ) -> None:
        """Ask for fields of accounts that are missing; all else can be mended in the dialog itself."""
        from statusdesk.gui.dialogs.required_fields import Given

        fields = error.missing if isinstance(error, DetailsMissing) else ()
        if fields and set(fields) <= set(ASKED_FIELDS):
            status = self._session.status(wish.status_id)

            def go_on(given: Given) -> None:
                self._leave(dialog, selection, wish, given.details)

            ask_missing(self._weighing, status, fields, Given(wish.reason, NOTHING), go_on)
        else:
            refuse_for(dialog, self._weighing, error)

    def extend(self, away: Sequence[Away]) -> None:
        """Let people choose another return for accounts that are away."""
        from statusdesk.gui.dialogs.extend_dialog import ExtendDialog

        selection = AccountIds(tuple(one.account_id for one in away))
        dialog = ExtendDialog(away, self._homes(), self._session.info.time_zone, self._weighing.window)
        said = tr("At that time each returns to the status that it left from.")

        def move(wish: ReturnWish) -> None:
            weigh_for(
                dialog,
                self._weighing,
                lambda desk, dry: desk.extend(selection, wish.at, home=wish.home, reason=wish.reason, dry_run=dry),
                lambda outcome: CardHead(
                    deed(outcome.kind, outcome.facts), said, action_icon("clock"), tr("Apply")
                ),
            )

        dialog.wished.connect(move)
        dialog.open()

    def return_now(self, selection: AccountIds) -> None:
        """Bring accounts that are away back to the status that they left from; ask where nobody knows that."""

        def answered(outcome: Outcome) -> None:
            if outcome.left:
                self._ask_home(selection, len(outcome.left))
            else:
                self._return(selection, None)

        self._session.ask(lambda desk, _: desk.return_now(selection, dry_run=True), answered)

    def _ask_home(self, selection: AccountIds, unknown: int) -> None:
        from statusdesk.gui.dialogs.extend_dialog import HomeDialog

        dialog = HomeDialog(unknown, self._homes(), self._weighing.window)

        def go(home: int) -> None:
            dialog.finish()
            self._return(selection, home)

        dialog.wished.connect(go)
        dialog.open()

    def _return(self, selection: AccountIds, home: int | None) -> None:
        def head(outcome: Outcome) -> CardHead:
            said = tr("To the status that each left from.")
            return CardHead(deed(outcome.kind, outcome.facts), said, action_icon("undo"), tr("Apply"))

        self._weighing.weigh(lambda desk, dry: desk.return_now(selection, home=home, dry_run=dry), head)

    def _homes(self) -> list[Status]:
        """Return the statuses that accounts can return to, those in service first."""
        live = [line.status for line in self._session.live_lines() if line.status.stage is not Stage.PAUSED]
        return sorted(live, key=lambda status: status.stage is not Stage.IN_SERVICE)
