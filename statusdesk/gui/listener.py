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
_LONGEST_PAUSE: Final = 30.0


class Listener(QThread):
    """`heard` comes after each change, and after each new connection: until then anything may have been missed.

    `lost(Exception)` comes when the connection breaks, `found` when there is one again.
    """

    heard = Signal()
    lost = Signal(object)
    found = Signal()

    def __init__(self, server: Server, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._ended = Event()

    def run(self) -> None:
        """Listen until `end`; connect again and again, with longer and longer pauses, where that breaks."""
        pause, broken = _FIRST_PAUSE, False
        while not self._ended.is_set():
            try:
                self._listen(broken=broken)
            except StatusDeskError as error:
                if not broken:
                    self.lost.emit(error)
                broken = True
            else:
                return
            self._ended.wait(pause * (1 + random.random()))
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _listen(self, *, broken: bool) -> None:
        from statusdesk.store.server_hearing import Hearing

        hearing = Hearing(self._server)
        try:
            if broken:
                self.found.emit()
            self.heard.emit()
            while not self._ended.is_set():
                if hearing.wait(_WAIT):
                    self.heard.emit()
        finally:
            hearing.close()

    def end(self) -> None:
        """Stop listening and wait until the thread has ended."""
        self._ended.set()
        self.wait()
