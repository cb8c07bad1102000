"""Moves planned changes to another day and time, without asking for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from statusdesk.gui.charts.scales import day_after, months_after
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.panes.later_fields import LaterFields
from statusdesk.gui.widgets.texts import LinkButton
from statusdesk.gui.wording import tr

_STEPS: Final = (("day", "A day later"), ("week", "A week later"), ("month", "A month later"))
_DAYS: Final = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant that people chose (UTC milliseconds), and why."""

    at: int
    reason: str


class PostponeDialog(FormDialog):
    """`wished` carries a `Moment`. `name` begins the names of the widgets, `from_at` is where the field starts."""

    def __init__(
        self, words: FormWords, label: str, zone: str, from_at: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, action_icon("clock"), parent)
        self._later = LaterFields(zone, words.name, label)
        if from_at is None:
            self._later.start()
        else:
            self._later.show_instant(from_at)
        self._reason = self.line("reason", tr("Reason"), tr("Reason, kept in the history"))
        steps = QWidget()
        row = QHBoxLayout(steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for step, text in _STEPS:
            button = LinkButton(tr(text))
            button.setObjectName(f"{words.name}_{step}")
            button.clicked.connect(partial(self._step, step))
            row.addWidget(button)
        row.addStretch(1)
        self.add(label, self._later)
        self.form.addWidget(steps)
        self.add(tr("Reason"), self._reason)

    def _step(self, step: str, _checked: bool = False) -> None:
        day = self._later.date.day
        self._later.choose_day(
            months_after(day, 1) if step == "month" else day_after(day, 1 if step == "day" else 7)
        )

    def wish(self) -> Any:
        """Return what was chosen."""
        return Moment(self._later.instant(), self._reason.text().strip())
