"""Hands accounts over to a collections agency, and takes them back: the few things that people say for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QWidget

from statusdesk.domain.instants import now, to_datetime
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import status_icon
from statusdesk.gui.panes.later_fields import LAST_DAY
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.wording import effect, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.records import Status

_FIRST_DAY: Final = "1970-01-01"


@dataclass(frozen=True, slots=True)
class HandOver:
    """To whom, on which day (ISO), into which status, and why."""

    agency: str
    day: str
    status_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Into which status, and why."""

    status_id: int
    reason: str


class HandOverDialog(FormDialog):
    """`wished` carries a `HandOver`."""

    def __init__(
        self,
        title: str,
        targets: Sequence[Status],
        agencies: Sequence[str],
        zone: str,
        parent: QWidget | None = None,
    ) -> None:
        said = tr("Billing and service stop. What they owe stays noted.")
        words = FormWords("hand_over", title, said, tr("Hand over…"), tr("Next you see what that does."))
        super().__init__(words, status_icon(targets[0].shape, targets[0].colour), parent)
        self._agency = _box("hand_over_agency", tr("Agency"))
        self._agency.setEditable(True)
        self._agency.addItems(list(agencies))
        self._agency.setCurrentIndex(0 if len(agencies) == 1 else -1)
        self._day = DayField("hand_over_day", tr("Handed over on"))
        self._day.show_day(to_datetime(now(), zone).date().isoformat(), _FIRST_DAY, LAST_DAY)
        self._status = _statuses("hand_over_status", targets)
        self._reason = self.line("reason", tr("Reason"), tr("Reason, kept in the history"))
        self.add(tr("Agency"), self._agency)
        self.add(tr("Handed over on"), self._day)
        if len(targets) > 1:
            self.add(tr("Status"), self._status)
        self.add(tr("Reason"), self._reason)

    def wish(self) -> HandOver | None:
        """Return what is wished for; without an agency nothing."""
        agency = self._agency.currentText().strip()
        if not agency:
            self.remind(tr("Say which agency takes them."))
            self._agency.setFocus()
            return None
        self.remind("")
        return HandOver(agency, self._day.day, int(self._status.currentData()), self._reason.text().strip())


class TakeBackDialog(FormDialog):
    """`wished` carries a `TakeBack`."""

    def __init__(
        self, title: str, sign: Status, targets: Sequence[Status], first: int, parent: QWidget | None = None
    ) -> None:
        """Offer the targets, beginning with the one of the id `first`."""
        said = tr("The only way from debt to a status that is billed. What they owe stays noted.")
        words = FormWords("take_back", title, said, tr("Take back…"), tr("Next you see what that does."))
        super().__init__(words, status_icon(sign.shape, sign.colour), parent)
        self._status = _statuses("take_back_status", targets)
        self._status.setCurrentIndex(self._status.findData(first))
        self._reason = self.line("reason", tr("Reason"), tr("Such as “Paid in full”, kept in the history"))
        self.add(tr("Back to"), self._status)
        self.add(tr("Reason"), self._reason)

    def wish(self) -> TakeBack | None:
        """Return what is wished for."""
        return TakeBack(int(self._status.currentData()), self._reason.text().strip())


def _box(name: str, title: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.view().setObjectName(f"{name}_list")
    box.view().setAccessibleName(title)
    return box


def _statuses(name: str, targets: Sequence[Status]) -> QComboBox:
    box = _box(name, tr("Status"))
    for status in targets:
        box.addItem(status_icon(status.shape, status.colour), f"{status.name} · {effect(status)}", status.id)
    return box
