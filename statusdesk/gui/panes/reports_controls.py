"""What people choose of a report: its days and periods, which accounts, a split, limits."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from statusdesk.domain.periods import Step
from statusdesk.domain.records import StatusLine
from statusdesk.gui.icons import status_icon
from statusdesk.gui.panes.distribution_filters import Ask, DistributionFilters
from statusdesk.gui.panes.reports_building import STEPS, Wish
from statusdesk.gui.panes.reports_flows import MEASURES
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr
from statusdesk.services.report_requests import SPANNING, Kind, Request
from statusdesk.services.settings_verbs import Limits

_MOST: Final = 10_000_000
_MOST_DAYS: Final = 3_650


class ReportsControls(QWidget):
    """Says `changed` when people chose something else, `days_chosen` where it is days.

    `limits_wished(Limits)` comes when they set a limit, `selection_wished` to weigh what is selected at the desk.
    """

    changed = Signal()
    days_chosen = Signal()
    selection_wished = Signal()
    limits_wished = Signal(object)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reports_controls")
        self._limits = Limits()
        self._groups: list[tuple[QWidget, frozenset[Kind]]] = []
        self.first = DayField("report_from", tr("From"))
        self.last = DayField("report_to", tr("To"))
        self.step = _combo("report_step", tr("Periods"))
        self.measure = _combo("report_measure", tr("Cells show"))
        self.peak_limit = _spin("peak_limit", tr("Licence limit"), _MOST, tr("not set"))
        self.activating = _spin("peak_activating", tr("Accounts to activate today"), _MOST, tr("none"))
        self.use_selection = QPushButton(tr("Weigh the selection"))
        self.use_selection.setObjectName("peak_use_selection")
        self.use_selection.setToolTip(tr("Weigh what activating the accounts selected at the desk would do"))
        self.stuck_status = _combo("stuck_status", tr("Status with a limit"))
        self.stuck_days = _spin("stuck_days", tr("Limit in days"), _MOST_DAYS, tr("what is usual"))
        self.filters = DistributionFilters(ask)
        self._fill()
        self._build()
        self._connect()

    def _fill(self) -> None:
        for step, name in STEPS.items():
            self.step.addItem(tr(name), step.value)
        for measure, name in MEASURES.items():
            self.measure.addItem(tr(name), measure)
        self.filters.setObjectName("reports_filters")
        self.filters.split_field.setObjectName("reports_split")
        self.filters.split_field.setItemText(0, tr("Nothing"))
        for button in self.filters.buttons:
            button.setObjectName(f"reports_{button.objectName()}")

    def _build(self) -> None:
        days, more = QHBoxLayout(), QHBoxLayout()
        for row in (days, more):
            row.setSpacing(16)
        self._group(days, tr("From"), self.first, SPANNING)
        self._group(days, tr("To"), self.last, SPANNING)
        self._group(days, tr("By"), self.step, {Kind.MOVEMENT})
        self._group(days, tr("Cells show"), self.measure, {Kind.MATRIX})
        self._group(days, tr("Licence limit"), self.peak_limit, {Kind.PEAK})
        self._group(days, tr("Activate today"), self.activating, {Kind.PEAK})
        self._groups.append((self.use_selection, frozenset({Kind.PEAK})))
        self._group(days, tr("Limit of"), self.stuck_status, {Kind.STUCK})
        self._group(days, tr("Days"), self.stuck_days, {Kind.STUCK})
        days.addStretch(1)
        more.addWidget(self.filters)
        more.addWidget(self.use_selection)
        more.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(days)
        column.addLayout(more)

    def _group(self, row: QHBoxLayout, text: str, field: QWidget, kinds: frozenset[Kind] | set[Kind]) -> None:
        group = QWidget()
        inside = QHBoxLayout(group)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        label = TextLabel(text, Type.LABEL, "muted")
        label.setBuddy(field)
        inside.addWidget(label)
        inside.addWidget(field)
        row.addWidget(group)
        self._groups.append((group, frozenset(kinds)))

    def _connect(self) -> None:
        for field in (self.first, self.last):
            field.day_wished.connect(lambda _day: self.days_chosen.emit())
        for combo in (self.step, self.measure):
            combo.activated.connect(self.changed)
        self.filters.changed.connect(self.changed)
        self.activating.valueChanged.connect(self.changed)
        self.use_selection.clicked.connect(self.selection_wished)
        self.peak_limit.valueChanged.connect(self._set_peak)
        self.stuck_days.valueChanged.connect(self._set_stay)
        self.stuck_status.activated.connect(self._show_stay)

    def show_kind(self, kind: Kind) -> None:
        """Show what can be chosen of a report."""
        for group, kinds in self._groups:
            group.setVisible(kind in kinds)

    def show_request(self, request: Request, today: str, earliest: str) -> None:
        """Show the days that were answered, where they can be chosen."""
        if request.kind in SPANNING:
            self.first.show_day(request.first, min(earliest, request.first), request.last)
            self.last.show_day(request.last, request.first, today)

    def show_limits(self, limits: Limits, lines: list[StatusLine]) -> None:
        """Show the limits that are set."""
        self._limits = limits
        _put(self.peak_limit, limits.peak or 0)
        chosen = self.stuck_status.currentData()
        self.stuck_status.clear()
        for line in lines:
            look = line.status
            self.stuck_status.addItem(status_icon(look.shape, look.colour), look.name, look.id)
        self.stuck_status.setCurrentIndex(max(0, self.stuck_status.findData(chosen)))
        self._show_stay()

    def rest_limits(self, why: str) -> None:
        """Let limits be seen only, if there is a reason, and say it."""
        for limit in (self.peak_limit, self.stuck_days):
            limit.setReadOnly(bool(why))
            limit.setToolTip(why)

    def wish(self, request: Request) -> Wish:
        """Return what people chose of a report."""
        asked = replace(
            request, step=Step(self.step.currentData()), scope=self.filters.scope, split=self.filters.split
        )
        return Wish(asked, self.measure.currentData(), self.activating.value())

    @Slot()
    def _show_stay(self) -> None:
        _put(self.stuck_days, self._limits.stays.get(self.stuck_status.currentData(), 0))

    @Slot(int)
    def _set_peak(self, limit: int) -> None:
        self.limits_wished.emit(replace(self._limits, peak=limit or None))

    @Slot(int)
    def _set_stay(self, days: int) -> None:
        stays = {**self._limits.stays, self.stuck_status.currentData(): days}
        self.limits_wished.emit(replace(self._limits, stays={one: limit for one, limit in stays.items() if limit}))

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        fields: list[QWidget] = [self.first, self.last, self.step, self.measure, self.peak_limit, self.activating]
        return [*fields, self.stuck_status, self.stuck_days, *self.filters.stops(), self.use_selection]


def _combo(name: str, title: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(title)
    combo.view().setObjectName(f"{name}_list")
    combo.view().setAccessibleName(title)
    return combo


def _spin(name: str, title: str, most: int, none: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    spin.setAccessibleName(title)
    spin.setRange(0, most)
    spin.setSpecialValueText(none)
    spin.setGroupSeparatorShown(True)
    spin.setKeyboardTracking(False)
    spin.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    spin.setMinimumWidth(120)
    return spin


def _put(spin: QSpinBox, value: int) -> None:
    spin.blockSignals(True)
    spin.setValue(value)
    spin.blockSignals(False)
