"""The three panes side by side; where the window is narrow, the statuses give room to the accounts."""

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

STATUSES: Final = 544
"""How wide the statuses are at first, in logical pixels, as are all widths here."""

ACCOUNTS: Final = 540
"""Width that the accounts keep as long as the statuses can give way."""

DETAILS: Final = 272


class Desk(QSplitter):
    """Statuses, accounts and details, in this order for the eye, the keyboard and screen readers."""

    def __init__(self, statuses: QWidget, accounts: QWidget, details: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("desk_splitter")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        panes = (statuses, accounts, details)
        for pane in panes:
            self.addWidget(pane)
        for pane in reversed(panes):
            pane.lower()
        self.setSizes([STATUSES, 1440 - STATUSES - DETAILS, DETAILS])
        self.setStretchFactor(1, 1)
        self._statuses = statuses
        self._details_pane = details
        self._wanted = STATUSES
        self._spared = ACCOUNTS
        self._details = DETAILS
        self.splitterMoved.connect(self._follow_people)

    def save_state(self) -> QByteArray:
        """Return the widths that people gave the panes."""
        return QByteArray(f"{self._wanted} {self._spared} {self._details}".encode())

    def restore_state(self, state: QByteArray) -> None:
        """Be again as `save_state` said; anything else leaves the widths as they are."""
        widths = bytes(state.data()).split()
        if len(widths) == 3 and all(width.isdigit() for width in widths):
            self._wanted, self._spared, self._details = map(int, widths)
            self.setSizes([self._wanted, self._spared, self._details])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the panes into the new width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit the panes when the details come or go."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Give statuses and details the widths that people gave them, as far as the accounts can spare it.

        The statuses give way first.
        """
        sizes = self.sizes()
        least = self._statuses.minimumSizeHint().width()
        spare = sum(sizes) - self._spared
        side = sizes[2] and max(self._details_pane.minimumWidth(), min(self._details, spare - least))
        fitting = max(least, min(self._wanted, spare - side))
        wanted = [fitting, sum(sizes) - fitting - side, side]
        if sizes[0] and wanted != sizes:
            self.setSizes(wanted)

    @Slot()
    def _follow_people(self) -> None:
        self._wanted, accounts, details = self.sizes()
        self._spared = min(ACCOUNTS, accounts)
        self._details = details or self._details
