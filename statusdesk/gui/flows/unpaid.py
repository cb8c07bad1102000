"""What people do about those who do not pay: mark them, note that they paid, give them time, set the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.gui.flows.form_deeds import do_for
from statusdesk.gui.icons import action_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import accounts_text, deed, tr
from statusdesk.services.office import put_settings
from statusdesk.services.unpaid import give_time, mark, rule_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.domain.changes import Outcome, Selection
    from statusdesk.gui.dialogs.form_dialog import FormDialog
    from statusdesk.gui.dialogs.postpone_dialog import Moment
    from statusdesk.gui.flows.weighing import Verb, Weighing


class UnpaidFlow(QObject):
    """Deals with those who do not pay in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def mark(self, selection: Selection) -> None:
        """Note that the selected accounts do not pay."""
        said = tr("The rule for those who do not pay counts from now on.")
        if rule_of(self._session.reader) is None:
            said = tr("No rule is set, so nothing else follows from it.")
        self._weigh(lambda desk, dry: mark(desk, selection, delinquent=True, dry_run=dry), said)

    def paid(self, selection: Selection, number: int) -> None:
        """Note that so many selected accounts have paid; ask whether they still owe something."""
        from statusdesk.gui.dialogs.unpaid_rule import PaidDialog

        title = tr("{accounts} paid").format(accounts=accounts_text(number))
        said = tr("Those that the rule moved come back by themselves.")
        dialog = PaidDialog(title, said, self._weighing.window)
        dialog.wished.connect(lambda wish: self._paid(dialog, selection, *wish))
        dialog.open()

    def _paid(self, dialog: FormDialog, selection: Selection, settles: bool, reason: str) -> None:
        dialog.finish()
        self._weigh(
            lambda desk, dry: mark(desk, selection, delinquent=False, settles=settles, reason=reason, dry_run=dry),
            tr("Those that the rule moved come back by themselves."),
        )

    def _weigh(self, verb: Verb, said: str) -> None:
        def head(outcome: Outcome) -> CardHead:
            return CardHead(deed(outcome.kind, outcome.facts), said, action_icon("clock"), tr("Apply"))

        self._weighing.weigh(verb, head)

    def give_time(self, account_ids: Sequence[int]) -> None:
        """Ask until when the rule leaves accounts alone."""
        from statusdesk.domain.instants import to_datetime
        from statusdesk.gui.dialogs.form_dialog import FormWords
        from statusdesk.gui.dialogs.postpone_dialog import PostponeDialog

        number, zone = len(account_ids), self._session.info.time_zone
        title = tr("Give {accounts} time").format(accounts=accounts_text(number))
        words = FormWords("give_time", title, tr("The rule leaves them alone until that day is over."), tr("Save"))
        dialog = PostponeDialog(words, tr("Until"), zone, None, self._weighing.window)

        def give(moment: Moment) -> None:
            day = to_datetime(moment.at, zone).date().isoformat()
            do_for(dialog, self._weighing, lambda desk, _: give_time(desk, account_ids, day))

        dialog.wished.connect(give)
        dialog.open()

    def set_rule(self, parent: QWidget | None = None) -> None:
        """Let people set the rule, from the window or from another dialog."""
        from statusdesk.gui.dialogs.unpaid_rule import UnpaidRuleDialog

        statuses = [line.status for line in self._session.live_lines()]
        rule = rule_of(self._session.reader)
        dialog = UnpaidRuleDialog(rule, statuses, parent or self._weighing.window)
        dialog.wished.connect(
            lambda texts: do_for(dialog, self._weighing, lambda desk, _: put_settings(desk, texts))
        )
        dialog.open()
