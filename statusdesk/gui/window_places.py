"""Where the parts of a window are and which of them show: as people left it, and as far as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QApplication

from statusdesk.gui import settings
from statusdesk.gui.widgets.screen_room import fitting

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from statusdesk.gui.main_window import MainWindow

FIRST_SIZE: Final = QSize(1440, 900)

DETAILS_NEED: Final = 1240
"""Width below which the details close by themselves, in logical pixels."""

SHOWN, HIDDEN = QByteArray(b"shown"), QByteArray(b"hidden")
"""What is remembered of the details; nothing, where they wait for a wider window."""


class Places:
    """The places of one window; without `remembers` it is always as the first time, and leaves no trace."""

    def __init__(self, window: MainWindow, *, remembers: bool) -> None:
        self._window = window
        self._remembers = remembers
        self._wants_details = True

    def begin(self) -> None:
        """Be as big as fits the screen, until `restore` knows better."""
        self._window.setMinimumSize(1024, 640)
        self._window.resize(fitting(self._window, FIRST_SIZE))

    def restore(self) -> None:
        """Be as people left it."""
        details = settings.state("details") if self._remembers else QByteArray()
        if self._remembers:
            self._restore_remembered()
        self._wants_details = details != HIDDEN
        wide = self._window.width() >= DETAILS_NEED
        self._place_details(shown=details == SHOWN or (self._wants_details and wide))

    def _restore_remembered(self) -> None:
        window = self._window
        settings.remember_recent(window.session.info.place)
        window.restoreGeometry(settings.state("geometry"))
        window.desk.restore_state(settings.state("splitter"))
        window.accounts.restore_state(settings.state("accounts"))
        window.statuses.restore_state(settings.state("statuses"))

    def remember(self) -> None:
        """Keep it all until the next start."""
        if not self._remembers:
            return
        window = self._window
        settings.remember("geometry", window.saveGeometry())
        settings.remember("splitter", window.desk.save_state())
        settings.remember("accounts", window.accounts.save_state())
        settings.remember("statuses", window.statuses.save_state())
        waiting = QByteArray() if self._wants_details else HIDDEN
        settings.remember("details", waiting if window.details.isHidden() else SHOWN)

    def resized(self, event: QResizeEvent) -> None:
        """Close the details where there is no room for them, and open them again where there is."""
        narrow, was_narrow = (size.width() < DETAILS_NEED for size in (event.size(), event.oldSize()))
        if narrow is not was_narrow:
            self._place_details(shown=self._wants_details and not narrow)

    def toggle_details(self) -> None:
        """Open the details, or close them."""
        self.show_details(shown=self._window.details.isHidden())

    def show_details(self, *, shown: bool) -> None:
        """Open or close the details because people want it so."""
        self._wants_details = shown
        self._place_details(shown=shown)

    def _place_details(self, *, shown: bool) -> None:
        self._window.details.setVisible(shown)
        self._window.actions_by_name["show_details"].setChecked(shown)

    def focus_details(self) -> None:
        """Open the details and give them the keyboard."""
        self.show_details(shown=True)
        self._window.details.take_focus()

    def next_pane(self) -> None:
        """Give the keyboard to the pane of the desk after the one that has it."""
        window = self._window
        panes = [pane for pane in (window.statuses, window.accounts, window.details) if pane.isVisible()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        panes[(here + 1) % len(panes)].take_focus()
