"""Hears on a thread of its own when others change a shared database, and says when the server does not answer."""

from __future__ import annotations

import random
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal

from statusdesk.domain.errors import StatusDeskError

if TYPE_CHECKING:
    from statusdesk.domain.places import Server

_WAIT: Final = 0.5
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 5.0
"""Seconds between attempts to connect, up to twice as long so that not all desktops come at once."""


class Listener(QThread):
    """`heard` comes after each change, and after each new connection: until then anything may have been missed.

    `lost(Exception)` comes when the connection breaks, `found(True)` when there is one again, and `found(False)`
    when `look` wanted to know and the server did answer.
    """

    heard = Signal()
    lost = Signal(object)
    found = Signal(bool)

    def __init__(self, server: Server, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._ended = Event()
        self._woken = Event()
        self._asked = self._broken = False

    def run(self) -> None:
        """Listen until `end`; connect again and again, with longer and longer pauses, where that breaks."""
        pause = _FIRST_PAUSE
        while not self._ended.is_set():
            try:
                self._listen()
            except StatusDeskError as error:
                if not self._broken:
                    self._broken, pause = True, _FIRST_PAUSE
                    self.lost.emit(error)
            else:
                return
            woken = self._woken.wait(pause * (1 + random.random()))
            pause = _FIRST_PAUSE if woken else min(2 * pause, _LONGEST_PAUSE)
            self._woken.clear()

    def _listen(self) -> None:
        from statusdesk.store.server_hearing import Hearing

        hearing = Hearing(self._server)
        try:
            if self._broken:
                self._find(anew=True)
            self.heard.emit()
            while not self._ended.is_set():
                if hearing.wait(_WAIT):
                    self.heard.emit()
                if self._asked:
                    hearing.ask()
                    self._find(anew=False)
        finally:
            hearing.close()

    def _find(self, *, anew: bool) -> None:
        self._asked = self._broken = False
        self.found.emit(anew)

    def look(self) -> None:
        """Find out now whether the server answers, without waiting for the next attempt."""
        self._asked = True
        self._woken.set()

    def end(self) -> None:
        """Stop listening and wait until the thread has ended."""
        self._ended.set()
        self._woken.set()
        self.wait()
