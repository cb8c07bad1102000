"""The foot of a worklist: what is selected, and what can be done with it, by buttons, keys and the row's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.dialog_foot import HEIGHT
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.rights import Right
    from statusdesk.gui.panes.work.worklist import WorkAction

EDGE = 24
"""Room at the sides of the page in logical pixels."""


class WorkFoot(QWidget):
    """`wished(WorkAction)` when people want one done, `accounts_wished` when they want to see the accounts.

    The actions' keys work while `table` has the keyboard, and they stand in its menu.
    """

    wished = Signal(object)
    accounts_wished = Signal()

    def __init__(self, table: QWidget, why_not: Callable[[Right], str], name: str = "work") -> None:
        """Offer what can be done with rows of the table; `why_not` says why what needs a right cannot."""
        super().__init__()
        self._why_not = why_not
        self._name = name
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setFixedHeight(HEIGHT)
        self._table = table
        self._actions: list[tuple[WorkAction[Any], QAction, QPushButton]] = []
        self._chosen = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._chosen.setObjectName(f"{name}_chosen")
        self._show = QPushButton(tr("Show accounts"))
        self._show.setObjectName(f"{name}_show_accounts")
        self._show.clicked.connect(self.accounts_wished)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE, 0, EDGE, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._chosen, 1)
        self._row.addWidget(self._show)

    def offer(self, actions: Sequence[WorkAction[Any]]) -> None:
        """Offer these actions in place of those before."""
        for _, action, button in self._actions:
            self._table.removeAction(action)
            action.deleteLater()
            button.hide()
            button.deleteLater()
        self._actions = [(wanted, *self._make(wanted)) for wanted in actions]

    def _make(self, wanted: WorkAction[Any]) -> tuple[QAction, QPushButton]:
        action = QAction(tr(wanted.text), self)
        action.setObjectName(f"action_{self._name}_{wanted.name}")
        action.setShortcut(QKeySequence(wanted.key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self.wished.emit(wanted))
        self._table.addAction(action)
        button = QPushButton(tr(wanted.text))
        button.setObjectName(f"{self._name}_{wanted.name}")
        button.setProperty("primary", wanted.primary)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = self._why_not(wanted.right) or (f"{tr(wanted.text).rstrip('…')} ({keys})" if keys else "")
        button.setToolTip(tip)
        action.setToolTip(tip)
        button.clicked.connect(action.trigger)
        self._row.addWidget(button)
        return action, button

    def show_chosen(self, text: str, view: str, rows: Sequence[Any]) -> None:
        """Say what is selected, and allow what can be done with it in this view."""
        self._chosen.setText(text)
        self._show.setEnabled(bool(rows))
        for wanted, action, button in self._actions:
            offered = not wanted.views or view in wanted.views
            fits = wanted.free or (bool(rows) and wanted.enabled(rows))
            allowed = offered and fits and not self._why_not(wanted.right)
            action.setVisible(offered)
            action.setEnabled(allowed)
            button.setVisible(offered)
            button.setEnabled(allowed)

    def show_accounts(self, *, offered: bool) -> None:
        """Offer to show the accounts behind rows, where there are any."""
        self._show.setVisible(offered)

    def stops(self) -> list[QWidget]:
        """Return where the keyboard stops, in order."""
        return [self._show, *(button for _, _, button in self._actions)]

    @Slot()
    def take_back_focus(self) -> None:
        """Give the keyboard back to the rows."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
