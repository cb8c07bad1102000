"""What is asked before accounts end, are installed, convert or come back: reasons, days and statuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.panes.later_fields import LAST_DAY
from statusdesk.gui.widgets.day_field import DayField
from statusdesk.gui.widgets.status_picker import CalmComboBox, StatusPicker
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.records import Status

FIRST_DAY: Final = "1970-01-01"


@dataclass(frozen=True, slots=True)
class LivingWish:
    """What was chosen; what a dialog does not ask for is empty. `day` is ISO."""

    status_id: int | None = None
    reason: str = ""
    day: str = ""


class ChoiceDialog(FormDialog):
    """Asks for a reason from one of the office's lists, and perhaps for more; `wished` carries a `LivingWish`."""

    def __init__(
        self, words: FormWords, icon: str, offered: Sequence[str], *, needed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, action_icon(icon), parent)
        self._needed = needed
        self._reason = choice_box(f"{words.name}_reason", tr("Reason"), offered)
        hint = tr("from Accounts ▸ Manage lists") if offered else tr("none yet: see Accounts ▸ Manage lists")
        self._reason.activated.connect(self._calm)
        self.add(tr("Reason"), self._reason, hint)

    @Slot()
    def _calm(self) -> None:
        self.remind("")

    def reason(self) -> str | None:
        """Return the reason that was chosen; None, with a reminder, where one is missing."""
        chosen = self._reason.currentText()
        if self._needed and not chosen:
            self.remind(tr("Choose a reason."))
            self._reason.setFocus()
            return None
        self.remind("")
        return chosen


class DisconnectDialog(ChoiceDialog):
    """Asks why accounts end, and which status they get."""

    def __init__(
        self,
        who: str,
        offered: Sequence[str],
        statuses: Sequence[Status],
        usual: int,
        *,
        needed: bool,
        parent: QWidget | None = None,
    ) -> None:
        words = FormWords(
            "disconnect",
            tr("Disconnect {accounts}").format(accounts=who),
            tr("Billing and service end now. Everything that is known of them stays, debts too."),
            tr("Disconnect…"),
            tr("Next you see what stops."),
        )
        super().__init__(words, "retire", offered, needed=needed, parent=parent)
        self._status = StatusPicker(statuses, "disconnect_status")
        self._status.choose(usual)
        self.add(tr("They become"), self._status)

    def wish(self) -> LivingWish | None:
        """Return reason and status."""
        reason = self.reason()
        return None if reason is None else LivingWish(self._status.status_id, reason)


class ReasonDialog(ChoiceDialog):
    """Asks why accounts ended that did so already."""

    def __init__(self, who: str, offered: Sequence[str], parent: QWidget | None = None) -> None:
        words = FormWords(
            "fill_in",
            tr("Why did they leave? {accounts}").format(accounts=who),
            tr("It takes the place of a reason that is noted already. Their status stays."),
            tr("Fill in"),
        )
        super().__init__(words, "edit", offered, needed=True, parent=parent)

    def wish(self) -> LivingWish | None:
        """Return the reason."""
        reason = self.reason()
        return None if reason is None else LivingWish(reason=reason)


class FailedDialog(ChoiceDialog):
    """Asks why an installation failed, and for the day of the next attempt."""

    def __init__(self, who: str, offered: Sequence[str], day: str, parent: QWidget | None = None) -> None:
        words = FormWords(
            "install_failed",
            tr("Installation failed: {accounts}").format(accounts=who),
            tr("The attempt is counted. Nothing is billed."),
            tr("Record"),
        )
        super().__init__(words, "warning", offered, needed=True, parent=parent)
        self._next = OptionalDay("install_failed_next", tr("Next attempt"), day, tr("No day is agreed on yet"))
        self.add(tr("Next attempt"), self._next)

    def wish(self) -> LivingWish | None:
        """Return reason and day."""
        reason = self.reason()
        return None if reason is None else LivingWish(reason=reason, day=self._next.day)


class DoneDialog(FormDialog):
    """Asks on which day accounts were installed, and which status they get."""

    def __init__(
        self, who: str, statuses: Sequence[Status], usual: int, today: str, parent: QWidget | None = None
    ) -> None:
        words = FormWords(
            "install_done",
            tr("Installed: {accounts}").format(accounts=who),
            tr("Billing and service start now, whatever the day of the installation was."),
            tr("Record…"),
            tr("Next you see what starts."),
        )
        super().__init__(words, action_icon("tick"), parent)
        self._day = DayField("install_done_day", tr("Installed on"))
        self._day.show_day(today, FIRST_DAY, today)
        self._status = StatusPicker(statuses, "install_done_status")
        self._status.choose(usual)
        self.add(tr("Installed on"), self._day)
        self.add(tr("They become"), self._status)

    def wish(self) -> LivingWish:
        """Return day and status."""
        return LivingWish(self._status.status_id, day=self._day.day)


class DayDialog(FormDialog):
    """Asks for a day, or for none; `without` says what none means, and an empty one allows no such choice."""

    def __init__(
        self, words: FormWords, label: str, day: str, *, without: str, last: str = LAST_DAY, parent: QWidget | None
    ) -> None:
        super().__init__(words, action_icon("clock"), parent)
        self._choice = OptionalDay(f"{words.name}_day", label, day, without, last)
        self.add(label, self._choice)

    def wish(self) -> LivingWish:
        """Return the day."""
        return LivingWish(day=self._choice.day)


class MoveDialog(FormDialog):
    """Asks for a status, a reason, and an install day where the status waits for one."""

    def __init__(
        self, words: FormWords, statuses: Sequence[Status], day: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, action_icon("redo"), parent)
        self._status = StatusPicker(statuses, f"{words.name}_status")
        self._reason = self.line("reason", tr("Reason"), tr("Reason, kept in the history"))
        self._day: OptionalDay | None = None
        self.add(tr("They become"), self._status)
        if day:
            self._day = OptionalDay(f"{words.name}_day", tr("Install on"), day, tr("No install day yet"))
            self._day.without.setChecked(True)
            self.add(tr("Install on"), self._day)
        self.add(tr("Reason"), self._reason)

    def wish(self) -> LivingWish:
        """Return status, reason and day."""
        day = self._day.day if self._day is not None else ""
        return LivingWish(self._status.status_id, self._reason.text().strip(), day)


class OptionalDay(QWidget):
    """A day field, and beside it the tick that says that there is no day, where `without` says what that means."""

    def __init__(self, name: str, label: str, day: str, without: str, last: str = LAST_DAY) -> None:
        super().__init__()
        self.field = DayField(name, label)
        self.field.show_day(day, FIRST_DAY, last)
        self.without = QCheckBox(without)
        self.without.setObjectName(f"{name}_none")
        self.without.setVisible(bool(without))
        self.without.toggled.connect(self.field.setDisabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.field)
        row.addWidget(self.without)
        row.addStretch(1)
        self.setFocusProxy(self.field)

    @property
    def day(self) -> str:
        """The day, or nothing."""
        return "" if self.without.isChecked() else self.field.day


def choice_box(name: str, title: str, offered: Sequence[str]) -> QComboBox:
    """Return a box that offers a list of the office, with nothing chosen."""
    box = CalmComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.view().setObjectName(f"{name}_list")
    box.view().setAccessibleName(title)
    box.setPlaceholderText(tr("Choose…"))
    box.addItems(list(offered))
    box.setCurrentIndex(-1)
    return box
