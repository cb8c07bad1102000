"""The life of an account as people ask for it: ending, installing, contacts, converting, coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from statusdesk.domain.admission import Details
from statusdesk.domain.changes import AccountIds
from statusdesk.domain.choices import ChoiceList
from statusdesk.domain.fields import FIELD
from statusdesk.domain.instants import day_of, now
from statusdesk.domain.office import may_be_installed_in, may_end_in
from statusdesk.domain.periods import next_day
from statusdesk.domain.records import Stage
from statusdesk.gui.flows.card_first import CardFirst, mistake
from statusdesk.gui.flows.form_deeds import do_for, weigh_for
from statusdesk.gui.flows.moves import circumstances
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.models.card_head import CardHead, Fact
from statusdesk.gui.panes.set_status_row import Wish
from statusdesk.gui.wording import accounts_text, deed, field_name, tr
from statusdesk.services import ending, installs
from statusdesk.services.field_verbs import set_field
from statusdesk.services.office import office_settings, put_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.domain.records import AccountFields, Status
    from statusdesk.gui.dialogs.form_dialog import FormDialog
    from statusdesk.gui.dialogs.living_dialogs import LivingWish
    from statusdesk.gui.flows.weighing import Verb, Weighing
    from statusdesk.services.desk import Desk


class LivingFlow(QObject):
    """Asks what is needed, shows the card, and does it, in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def disconnect_accounts(self, selection: Selection) -> None:
        """Let people say why the selected accounts end."""
        from statusdesk.gui.dialogs.living_dialogs import DisconnectDialog

        count = self._count(selection)
        if not count:
            return
        reader = self._session.reader
        settings = office_settings(reader)
        dialog = DisconnectDialog(
            self._who(selection, count),
            reader.choices.names(ChoiceList.DISCONNECT_REASON),
            self._statuses(may_end_in),
            settings.disconnect_status,
            needed=settings.reason_needed,
            parent=self._weighing.window,
        )
        self._offer(
            dialog,
            lambda desk, wish, dry: ending.disconnect(
                desk, selection, reason=wish.reason, status_id=wish.status_id, dry_run=dry
            ),
        )

    def fill_in_reason(self, selection: AccountIds) -> None:
        """Let people say why accounts ended that ended already."""
        from statusdesk.gui.dialogs.living_dialogs import ReasonDialog

        dialog = ReasonDialog(
            self._who(selection, len(selection.ids)),
            self._session.reader.choices.names(ChoiceList.DISCONNECT_REASON),
            self._weighing.window,
        )
        self._offer(
            dialog,
            lambda desk, wish, dry: set_field(desk, selection, {"disconnect_reason": wish.reason}, dry_run=dry),
        )

    def install_done(self, selection: AccountIds) -> None:
        """Let people say on which day accounts were installed."""
        from statusdesk.gui.dialogs.living_dialogs import DoneDialog

        dialog = DoneDialog(
            self._who(selection, len(selection.ids)),
            self._statuses(may_be_installed_in),
            office_settings(self._session.reader).installed_status,
            self.today(),
            self._weighing.window,
        )
        self._offer(
            dialog,
            lambda desk, wish, dry: installs.done(
                desk, selection, on=wish.day, status_id=wish.status_id, dry_run=dry
            ),
        )

    def install_failed(self, selection: AccountIds) -> None:
        """Let people say why installations failed, and when the next attempt is."""
        from statusdesk.gui.dialogs.living_dialogs import FailedDialog

        dialog = FailedDialog(
            self._who(selection, len(selection.ids)),
            self._session.reader.choices.names(ChoiceList.FAILED_INSTALL_REASON),
            next_day(self.today()),
            self._weighing.window,
        )
        self._offer(
            dialog,
            lambda desk, wish, dry: installs.failed(
                desk, selection, reason=wish.reason, next_on=wish.day, dry_run=dry
            ),
        )

    def set_day(self, selection: AccountIds, name: str, day: str, *, without: str = "", last: str = "") -> None:
        """Let people set a day of accounts, or none; `without` says what none means, `last` is the last one."""
        from statusdesk.gui.dialogs.form_dialog import FormWords
        from statusdesk.gui.dialogs.living_dialogs import DayDialog
        from statusdesk.gui.panes.later_fields import LAST_DAY

        label = field_name(FIELD[name])
        words = FormWords(name, label, self._who(selection, len(selection.ids)), tr("Set"))
        dialog = DayDialog(
            words, label, day or self.today(), without=without, last=last or LAST_DAY, parent=self._weighing.window
        )

        def fields(wish: LivingWish) -> AccountFields:
            return cast("AccountFields", {name: wish.day})

        self._offer(dialog, lambda desk, wish, dry: set_field(desk, selection, fields(wish), dry_run=dry))

    def bring_back(self, selection: AccountIds) -> None:
        """Let people choose the status in which ended accounts come back."""
        from statusdesk.gui.dialogs.form_dialog import FormWords
        from statusdesk.gui.dialogs.living_dialogs import MoveDialog

        words = FormWords(
            "bring_back",
            tr("Bring back {accounts}").format(accounts=self._who(selection, len(selection.ids))),
            tr("The reason why they left stays noted, for the return rates."),
            tr("Bring back…"),
            tr("Next you see what that does."),
        )
        statuses = [status for status in self._statuses() if status.stage is not Stage.ENDED]
        first = office_settings(self._session.reader).installed_status
        statuses.sort(key=lambda status: status.id != first)
        dialog = MoveDialog(words, statuses, parent=self._weighing.window)
        dialog.wished.connect(lambda wish: self._move(dialog, selection, wish, ()))
        dialog.open()

    def convert(self, selection: AccountIds) -> None:
        """Let people choose what leads become; the card always says what activating them costs, or would."""
        from statusdesk.gui.dialogs.form_dialog import FormWords
        from statusdesk.gui.dialogs.living_dialogs import MoveDialog

        words = FormWords(
            "convert",
            tr("Convert {accounts}").format(accounts=self._who(selection, len(selection.ids))),
            tr("From lead to customer. Those that wait for an installation are not billed yet."),
            tr("Convert…"),
            tr("Next you see what that does."),
        )
        fit = [each for each in self._statuses() if each.stage is Stage.ONBOARDING or each.activates]
        dialog = MoveDialog(words, fit, self.today(), self._weighing.window)
        dialog.wished.connect(lambda wish: self._convert(dialog, selection, wish))
        dialog.open()

    def _convert(self, dialog: FormDialog, selection: AccountIds, wish: LivingWish) -> None:
        assert wish.status_id is not None
        if self._session.status(wish.status_id).activates:
            self._move(dialog, selection, wish, ())
            return
        active = office_settings(self._session.reader).installed_status
        self._session.ask(
            lambda desk, _: desk.reassign(selection, active, dry_run=True),
            lambda outcome: self._move(dialog, selection, wish, mistake(outcome, self._session.info.currency)),
            failed=lambda _: self._move(dialog, selection, wish, ()),
        )

    def _move(self, dialog: FormDialog, selection: AccountIds, wish: LivingWish, facts: tuple[Fact, ...]) -> None:
        assert wish.status_id is not None
        dialog.finish()
        fields: AccountFields = {"install_on": wish.day} if wish.day else {}
        moves = CardFirst(self._weighing, facts)
        moves.carry_out(Wish(selection, wish.status_id, wish.reason, details=Details(fields)))

    def settings(self) -> None:
        """Let people set how the office works."""
        from statusdesk.gui.dialogs.office_groups import EndingGroup, InstallsGroup, UnpaidGroup
        from statusdesk.gui.dialogs.office_settings import OfficeSettingsDialog
        from statusdesk.gui.flows.unpaid import UnpaidFlow

        known, statuses = office_settings(self._session.reader), self._statuses()
        unpaid, rules = UnpaidGroup(), UnpaidFlow(self._weighing)
        groups = (EndingGroup(known, statuses), InstallsGroup(known, statuses), unpaid)
        dialog = OfficeSettingsDialog(groups, self._weighing.window)
        unpaid.rule.clicked.connect(lambda: rules.set_rule(dialog))
        dialog.destroyed.connect(rules.deleteLater)
        dialog.wished.connect(
            lambda texts: do_for(dialog, self._weighing, lambda desk, _: put_settings(desk, texts))
        )
        dialog.open()

    def today(self) -> str:
        """Return the day (ISO) that it is in the place of the database."""
        return day_of(now(), self._session.info.time_zone)

    def _statuses(self, fits: object = None) -> list[Status]:
        live = [line.status for line in self._session.live_lines()]
        return [status for status in live if not callable(fits) or fits(status)]

    def _count(self, selection: Selection) -> int:
        if isinstance(selection, AccountIds):
            return len(selection.ids)
        return self._session.reader.accounts.count(selection)

    def _who(self, selection: Selection, count: int) -> str:
        if count == 1 and isinstance(selection, AccountIds):
            account = self._session.reader.accounts.get(selection.ids[0])
            return "" if account is None else account.title
        return accounts_text(count)

    def _offer(self, dialog: FormDialog, verb: Callable[[Desk, LivingWish, bool], Outcome]) -> None:
        """Show the dialog; what it wishes for is weighed, and done."""
        dialog.wished.connect(lambda wish: self._weigh(dialog, lambda desk, dry: verb(desk, wish, dry), wish))
        dialog.open()

    def _weigh(self, dialog: FormDialog, verb: Verb, wish: LivingWish) -> None:

        def head(outcome: Outcome) -> CardHead:
            status = None if wish.status_id is None else self._session.status(wish.status_id)
            icon = action_icon("edit") if status is None else status_icon(status.shape, status.colour)
            said = circumstances(self._session, outcome, wish.reason)
            note = "" if status is None else status.customer_note
            return CardHead(deed(outcome.kind, outcome.facts), said, icon, tr("Apply"), customer_note=note)

        weigh_for(dialog, self._weighing, verb, head)
