"""A link to a server that can be cut on purpose: loudly, or so that both ends believe it is still there."""

from __future__ import annotations

import select
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Way = Literal["silent", "loud", "dropped"]
"""How it is cut: nothing comes out any more, both ends are reset, or the network between loses every packet."""

_RESET = struct.pack("ii", 1, 0)
_PART = 65_536
_LOOKING = 0.02


@dataclass
class Trap:
    """Cuts a link at the message to the server that holds `words` for the `nth` time.

    It never arrives; or it does, and its answer is lost, with `answer`.
    """

    words: bytes
    way: Way
    nth: int = 1
    answer: bool = False
    stay: bool = False


class Link:
    """Passes bytes on between a port of this machine and a server's socket, for as long as it is whole.

    Cut silently, the system goes on saying to both ends that what they send arrives; nothing comes out any more.
    New connections get through, unless the cut is to `stay`: then they meet the same, until `mend`.
    """

    def __init__(
        self, folder: Path, *, address: str = "127.0.0.1", drop: Callable[[], object] = lambda: None
    ) -> None:
        self._server = str(folder / ".s.PGSQL.5432")
        self._listening = socket.create_server((address, 0))
        self.port = int(self._listening.getsockname()[1])
        self.trap: Trap | None = None
        self.cuts = 0
        self._drop = drop
        self._way: Way = "silent"
        self._whole = True
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def cut(self, way: Way, *, stay: bool = False) -> None:
        """Cut every connection that there is."""
        if way == "dropped":
            self._drop()
            return
        self._way, self._whole = way, not stay
        self.cuts += 1

    def mend(self) -> None:
        """Let new connections through; those that were cut stay so."""
        self._whole = True

    def close(self) -> None:
        """End everything, and let both ends hear of it."""
        self.cut("loud", stay=True)
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listening.close()
        for end in self._ends:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self._ends.append(near)
            if self._whole:
                far = socket.socket(socket.AF_UNIX)
                self._ends.append(far)
                try:
                    far.connect(self._server)
                except OSError:
                    _reset(near)
                    continue
                self._threads.append(threading.Thread(target=self._carry, args=(near, far), daemon=True))
                self._threads[-1].start()
            elif self._way == "loud":
                _reset(near)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Pass on what comes, until an end closes or the link is cut."""
        began, losing = self.cuts, False
        with suppress(OSError):
            while self.cuts == began:
                ready, _, _ = select.select([near, far], [], [], _LOOKING)
                if near in ready:
                    part = near.recv(_PART)
                    sprung = self._springs(part)
                    losing = losing or (sprung is not None and sprung.answer and sprung.way != "dropped")
                    if not part or self.cuts > began:
                        break
                    far.sendall(part)
                if far in ready:
                    part = far.recv(_PART)
                    if losing:
                        self.cut(self._way, stay=not self._whole)
                    if not part or losing:
                        break
                    near.sendall(part)
        if self.cuts == began or self._way == "loud":
            _reset(near)
            far.close()

    def _springs(self, part: bytes) -> Trap | None:
        """Return the trap if this part of what is sent springs it."""
        trap = self.trap
        if trap is None or trap.words not in part:
            return None
        trap.nth -= 1
        if trap.nth:
            return None
        self.trap = None
        if trap.answer and trap.way != "dropped":
            self._way, self._whole = trap.way, not trap.stay
        else:
            self.cut(trap.way, stay=trap.stay)
        return trap


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    end.close()
