"""What people do with planned changes: edit, postpone, cancel, carry out now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.domain.plans import PlanFields
from statusdesk.gui import formats
from statusdesk.gui.flows.form_deeds import weigh_for
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.models.card_head import CardHead
from statusdesk.gui.wording import deed, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.plans import Plan
    from statusdesk.gui.dialogs.form_dialog import FormDialog
    from statusdesk.gui.dialogs.postpone_dialog import Moment
    from statusdesk.gui.flows.weighing import Verb, Weighing


class PlanFlow(QObject):
    """Changes plans in one window, with the card where people must see it first."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def edit(self, plans: Sequence[Plan]) -> None:
        """Let people set what these open plans say; what they leave alone stays."""
        from statusdesk.gui.dialogs.plan_dialog import PlanDialog

        targets = [line.status for line in self._session.live_lines()]
        dialog = PlanDialog(plans, targets, self._session.info.time_zone, self._weighing.window)
        dialog.wished.connect(lambda fields: self._save(dialog, plans, fields))
        dialog.open()

    def _save(self, dialog: FormDialog, plans: Sequence[Plan], fields: PlanFields) -> None:
        if not fields:
            dialog.finish()
            return
        ids = [plan.id for plan in plans]
        self._change(
            dialog, plans, lambda desk, dry: desk.edit_plans(ids, fields, dry_run=dry), fields.get("status_id")
        )

    def postpone(self, plans: Sequence[Plan]) -> None:
        """Let people choose another time for these open plans."""
        from statusdesk.gui.dialogs.form_dialog import FormWords
        from statusdesk.gui.dialogs.plan_dialog import plans_text
        from statusdesk.gui.dialogs.postpone_dialog import PostponeDialog

        said = plans[0].title if len(plans) == 1 else tr("All of them get this day and time.")
        title = tr("Postpone planned change")
        if len(plans) > 1:
            title = tr("Postpone {plans}").format(plans=plans_text(len(plans)))
        words = FormWords("postpone", title, said, tr("Postpone"))
        one = plans[0].due_at if all(plan.due_at == plans[0].due_at for plan in plans) else None
        zone = self._session.info.time_zone
        dialog = PostponeDialog(words, tr("New day and time"), zone, one, self._weighing.window)
        dialog.wished.connect(lambda moment: self._move(dialog, plans, moment))
        dialog.open()

    def _move(self, dialog: FormDialog, plans: Sequence[Plan], moment: Moment) -> None:
        ids, fields = [plan.id for plan in plans], PlanFields(due_at=moment.at)
        self._change(
            dialog, plans, lambda desk, dry: desk.edit_plans(ids, fields, reason=moment.reason, dry_run=dry)
        )

    def _change(self, dialog: FormDialog, plans: Sequence[Plan], verb: Verb, status_id: int | None = None) -> None:
        """Weigh and do; the dialog closes when it is done, and says so where it is refused."""

        def head(outcome: Outcome) -> CardHead:
            title = deed(outcome.kind, outcome.facts)
            said = tr("What they will do at their time, as things stand today.")
            return CardHead(title, said, self._sign(plans, status_id), tr("Apply"))

        weigh_for(dialog, self._weighing, verb, head)

    def cancel(self, plans: Sequence[Plan]) -> None:
        """Give plans up; the card comes where others become pointless by that."""
        ids = [plan.id for plan in plans]

        def head(outcome: Outcome) -> CardHead:
            said = tr("Other planned changes of these accounts rest on them.")
            return CardHead(deed(outcome.kind, outcome.facts), said, action_icon("clock"), tr("Apply"))

        self._weighing.weigh(lambda desk, dry: desk.cancel_plans(ids, dry_run=dry), head)

    def apply(self, plans: Sequence[Plan]) -> None:
        """Carry plans out now."""
        ids = [plan.id for plan in plans]

        def head(outcome: Outcome) -> CardHead:
            said = tr("Now, without waiting for the time that was planned.")
            left = len(outcome.left)
            if left:
                stay = tr("1 stays as it is: its account is closed, or its status is no longer offered.")
                more = tr("{count} stay as they are: accounts are closed, or statuses no longer offered.")
                said += " " + (stay if left == 1 else more.format(count=formats.count(left)))
            return CardHead(deed(outcome.kind, outcome.facts), said, self._sign(plans), tr("Apply"))

        self._weighing.weigh(lambda desk, dry: desk.apply_plans(ids, dry_run=dry), head)

    def _sign(self, plans: Sequence[Plan], status_id: int | None = None) -> QIcon:
        """Return the icon of where all of these lead, or that of planned changes."""
        targets = {plan.status_id for plan in plans} if status_id is None else {status_id}
        if len(targets) > 1:
            return action_icon("clock")
        status = self._session.status(targets.pop())
        return status_icon(status.shape, status.colour)
