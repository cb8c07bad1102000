"""The office's rule for those who do not pay: after how many days, into which status, back where, and when not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import Stage
from statusdesk.domain.unpaid import LONGEST, WEEK, RestDays, UnpaidRule, as_texts, may_be_target, parse_dates
from statusdesk.gui import formats
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon, status_icon
from statusdesk.gui.wording import effect, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.records import Status

_AT_FIRST: Final = 14


class UnpaidRuleDialog(FormDialog):
    """`wished` carries the settings by name, as they are kept."""

    def __init__(self, rule: UnpaidRule | None, statuses: Sequence[Status], parent: QWidget | None = None) -> None:
        words = FormWords(
            "unpaid_rule",
            tr("Rule for those who do not pay"),
            tr("Carried out by itself while StatusDesk runs, and by “statusdesk due”. Each time can be undone."),
            tr("Save"),
        )
        super().__init__(words, action_icon("clock"), parent)
        self._on = QCheckBox(tr("Move accounts that do not pay"))
        self._on.setObjectName("unpaid_rule_on")
        self._on.setChecked(rule is not None)
        self._days = QSpinBox()
        self._target = _box("unpaid_rule_target", tr("Into"))
        self._back = _box("unpaid_rule_back", tr("Back to, once paid"))
        self._weekdays = [QCheckBox(formats.locale().standaloneDayName(day + 1)[:3]) for day in range(WEEK)]
        self._dates = self.line("dates", tr("Dates on which nothing is cut"), "12-24, 12-25, 2026-12-31")
        self._fill(rule, statuses)
        self._place()
        self._on.toggled.connect(self._follow)
        self._follow()

    def _fill(self, rule: UnpaidRule | None, statuses: Sequence[Status]) -> None:
        self._days.setObjectName("unpaid_rule_days")
        self._days.setAccessibleName(tr("After days of not paying"))
        self._days.setRange(0, LONGEST)
        self._days.setSuffix(tr(" days"))
        self._days.setFixedWidth(120)
        self._days.setValue(_AT_FIRST if rule is None else rule.days)
        for status in filter(may_be_target, statuses):
            _add(self._target, status)
        self._target.setCurrentIndex(-1 if rule is None else self._target.findData(rule.target))
        self._target.setPlaceholderText(tr("Choose a status"))
        self._back.addItem(tr("The status that they had before"), None)
        for status in statuses:
            if status.stage is Stage.IN_SERVICE:
                _add(self._back, status)
        self._back.setCurrentIndex(0 if rule is None else max(0, self._back.findData(rule.back)))
        rest = RestDays() if rule is None else rule.rest
        for day, box in enumerate(self._weekdays):
            box.setObjectName(f"unpaid_rule_weekday_{day}")
            box.setAccessibleName(formats.locale().standaloneDayName(day + 1))
            box.setChecked(day in rest.weekdays)
        self._dates.setText(", ".join(sorted(rest.dates)))

    def _place(self) -> None:
        self.form.addWidget(self._on)
        weekdays = QWidget()
        row = QHBoxLayout(weekdays)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for box in self._weekdays:
            row.addWidget(box)
        row.addStretch(1)
        self.add(tr("After not paying for"), self._days)
        self.add(tr("Into"), self._target, tr("those in service that are billed"))
        self.add(tr("Back to, once paid"), self._back, tr("only from where the rule put them"))
        self.add(tr("Nobody is cut on"), weekdays)
        self.add(tr("Nor on these dates"), self._dates, tr("every year if the year is left out"))

    @Slot()
    def _follow(self) -> None:
        parts: tuple[QWidget, ...] = (self._days, self._target, self._back, *self._weekdays, self._dates)
        for part in parts:
            part.setEnabled(self._on.isChecked())

    def wish(self) -> dict[str, str] | None:
        """Return the settings; None, with a reminder, where they make no sense."""
        if not self._on.isChecked():
            return as_texts(None)
        if self._target.currentData() is None:
            self.remind(tr("Choose the status into which they are moved."))
            return None
        weekdays = frozenset(day for day, box in enumerate(self._weekdays) if box.isChecked())
        try:
            rest = RestDays(weekdays, parse_dates(self._dates.text()))
            target, back = self._target.currentData(), self._back.currentData()
            return as_texts(UnpaidRule(self._days.value(), target, back, rest))
        except BadValue as error:
            self.refuse(error)
            return None


class PaidDialog(FormDialog):
    """Asks what comes with a payment. `wished` carries whether nothing is owed any more, and the reason."""

    def __init__(self, title: str, said: str, parent: QWidget | None = None) -> None:
        words = FormWords("paid", title, said, tr("Save"))
        super().__init__(words, action_icon("clock"), parent)
        self._settles = QCheckBox(tr("Nothing is owed any more"))
        self._settles.setObjectName("paid_settles")
        self._settles.setChecked(True)
        self._reason: QLineEdit = self.line("reason", tr("Reason"), tr("Reason, kept in the history"))
        self.form.addWidget(self._settles)
        self.add(tr("Reason"), self._reason)

    def wish(self) -> tuple[bool, str]:
        """Return whether the balance is set to nothing, and why."""
        return self._settles.isChecked(), self._reason.text().strip()


def _box(name: str, title: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.view().setObjectName(f"{name}_list")
    box.view().setAccessibleName(title)
    return box


def _add(box: QComboBox, status: Status) -> None:
    box.addItem(status_icon(status.shape, status.colour), f"{status.name} · {effect(status)}", status.id)
