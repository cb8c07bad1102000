"""Edits planned changes, one or many: what they have in common can be set, what is left alone stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from statusdesk.domain.plans import PlanFields
from statusdesk.gui import formats
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.panes.later_fields import LaterFields
from statusdesk.gui.wording import effect, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.plans import Plan
    from statusdesk.domain.records import Status

_TIP: Final = Qt.ItemDataRole.ToolTipRole
_AS_IT_IS, _ON = range(2)
T = TypeVar("T")


def plans_text(number: int) -> str:
    """Say a number of planned changes with its noun."""
    if number == 1:
        return tr("1 planned change")
    return tr("{count} planned changes").format(count=formats.count(number))


class PlanDialog(FormDialog):
    """`wished` carries the `PlanFields` that people set; empty where they set nothing."""

    def __init__(
        self, plans: Sequence[Plan], targets: Sequence[Status], zone: str, parent: QWidget | None = None
    ) -> None:
        title, said = tr("Edit planned change"), plans[0].title
        if len(plans) > 1:
            title = tr("Edit {plans}").format(plans=plans_text(len(plans)))
            said = tr("What you leave alone stays as it is with each of them.")
        words = FormWords("plan", title, said, tr("Save"))
        super().__init__(words, action_icon("clock"), parent)
        self._plans = plans
        self._reason_set = False
        self._status = QComboBox()
        self._when = QComboBox()
        self._later = LaterFields(zone, "plan", tr("Day of the change"))
        self._reason = self.line("reason", tr("Reason"), tr("Why, kept with the plan"))
        self._yearly = QCheckBox(tr("Every year"))
        self._fill_status(targets)
        self._fill_when()
        self._fill_rest()

    def _fill_status(self, targets: Sequence[Status]) -> None:
        self._status.setObjectName("plan_status")
        self._status.setAccessibleName(tr("New status"))
        self._status.view().setObjectName("plan_status_list")
        self._status.view().setAccessibleName(tr("New status"))
        common = _common([plan.status_id for plan in self._plans])
        offered = {status.id for status in targets}
        if common not in offered:
            self._status.addItem(tr("Leave as it is"))
        for status in targets:
            self._status.addItem(status_icon(status.shape, status.colour), status.name, status.id)
            self._status.setItemData(self._status.count() - 1, effect(status), _TIP)
        self._status.setCurrentIndex(self._status.findData(common) if common in offered else 0)
        self.add(tr("New status"), self._status)

    def _fill_when(self) -> None:
        self._when.setObjectName("plan_when")
        self._when.setAccessibleName(tr("When"))
        self._when.addItems([tr("Leave as it is"), tr("On…")])
        self._when.activated.connect(self._choose_when)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        common = _common([plan.due_at for plan in self._plans])
        if common is None:
            line.addWidget(self._when)
        else:
            self._when.setCurrentIndex(_ON)
            self._later.show_instant(common)
        line.addWidget(self._later, 1)
        if common is None:
            line.addStretch(1)
        self.add(tr("When"), row)

    def _fill_rest(self) -> None:
        common = _common([plan.reason for plan in self._plans])
        if common is None:
            self._reason.setPlaceholderText(tr("Leave as it is"))
        else:
            self._reason.setText(common)
        self._reason.textEdited.connect(self._set_reason)
        self.add(tr("Reason"), self._reason)
        self._yearly.setObjectName("plan_yearly")
        yearly = _common([bool(plan.yearly) for plan in self._plans])
        if yearly is None:
            self._yearly.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self._yearly.setChecked(yearly)
        self._yearly_before = self._yearly.checkState()
        if all(plan.pair_id is not None for plan in self._plans):
            self.form.addWidget(self._yearly)

    @Slot()
    def _choose_when(self) -> None:
        if self._when.currentIndex() == _ON:
            self._later.start()
        else:
            self._later.hide()

    @Slot()
    def _set_reason(self) -> None:
        self._reason_set = True

    def wish(self) -> PlanFields:
        """Return the fields that were set; one that needs a look is planned anew from where its account is."""
        fields = PlanFields()
        status_id = self._status.currentData()
        if status_id is not None and any(plan.status_id != status_id for plan in self._plans):
            fields["status_id"] = status_id
        odd = any(plan.flag or plan.obstacle for plan in self._plans)
        if self._when.currentIndex() == _ON:
            due_at = self._later.instant()
            if odd or any(plan.due_at // 60_000 != due_at // 60_000 for plan in self._plans):
                fields["due_at"] = due_at
        if self._reason_set:
            fields["reason"] = self._reason.text().strip()
        if self._yearly.checkState() != self._yearly_before:
            fields["yearly"] = self._yearly.isChecked()
        return fields


def _common(values: Sequence[T]) -> T | None:
    """Return the value that all have; None where they differ."""
    return values[0] if all(value == values[0] for value in values) else None
