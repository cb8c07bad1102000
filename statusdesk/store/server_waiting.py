"""Waits for a server's answer, but not for ever: where none comes, another connection asks whether one will.

What lies between (a tunnel, a pooler, a computer that froze) can keep a connection open that leads nowhere any
more. The settings of a connection notice lost packets only; this notices that nobody is at work for us.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import psycopg
from psycopg import conninfo
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg.abc import PQGen

    from statusdesk.domain.places import Server

PATIENCE: Final = 5.0
"""Seconds of silence after which the server is asked, and from one time that it is asked to the next."""

_CONNECTING: Final[Mapping[str, str]] = {
    "connect_timeout": "5",
    "application_name": "StatusDesk",
    "client_encoding": "UTF8",
    "keepalives": "1",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""What a connection is made with unless its URL says otherwise: lost packets are noticed in 15 seconds."""

_OTHER_END: Final = "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
_AT_WORK: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND backend_start::text = %s AND state = 'active'"
)
_DROP: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid = %s AND backend_start::text = %s AND state LIKE 'idle in transaction%%'"
)


class Silence(psycopg.OperationalError):
    """Nobody is at work for a connection any more, or nobody waits for it any longer."""


class WatchedConnection(psycopg.Connection[Any]):
    """A connection that breaks, as if it had been cut, when nobody at its other end is at work for it any more."""

    enough: ClassVar[int] = 2
    """How many times in a row nobody is at work until the connection counts as lost."""

    longest: float | None = None
    """Seconds of silence after which it counts as lost without any question, where nobody can wait for longer."""

    server: Server
    other_end: tuple[int, str] | None = None

    @classmethod
    def to(cls, server: Server, *, longest: float | None = None, **settings: str) -> Self:
        """Connect to a server; raises `psycopg.Error`. What the URL says goes before our settings."""
        if longest is not None:
            settings["connect_timeout"] = str(round(longest))
        asked: dict[str, Any] = {**_CONNECTING, **settings, **conninfo.conninfo_to_dict(server.url)}
        if server.password is not None:
            asked["password"] = server.password
        made = cls.connect(**asked, autocommit=True, cursor_factory=psycopg.ClientCursor)
        made.server, made.longest = server, longest
        return made

    def find_other_end(self) -> None:
        """Note who is at work for this connection; it is watched from then on."""
        self.other_end = self.execute(_OTHER_END.encode()).fetchone()

    def drop_unfinished(self, lost: WatchedConnection) -> None:
        """Let the server drop what a lost connection left unfinished, so that nobody waits for that.

        What is just being carried out there, such as the saving of a change, goes on.
        """
        if lost.other_end is not None:
            self.execute(_DROP.encode(), lost.other_end)

    def break_off(self) -> None:
        """End it from any thread: who waits for an answer on it is told that it is lost."""
        with suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(self.fileno())) as link:
            link.shutdown(socket.SHUT_RDWR)

    def wait(self, gen: PQGen[Any], *given: Any, **named: Any) -> Any:
        """Wait as every connection does; raises `psycopg.OperationalError` where nothing will come."""
        return super().wait(self._watched(gen), *given, **named)

    def _watched(self, gen: PQGen[Any]) -> PQGen[Any]:
        asked, in_vain = time.monotonic(), 0
        try:
            wants = next(gen)
            while True:
                ready = yield wants
                if ready:
                    asked, in_vain = time.monotonic(), 0
                elif self.longest is not None:
                    if time.monotonic() - asked > self.longest and self._is_busy():
                        self._give_up()
                elif time.monotonic() - asked > PATIENCE and self._is_busy():
                    asked = time.monotonic()
                    in_vain = 0 if self._is_worked_for() else in_vain + 1
                    if in_vain == self.enough:
                        self._give_up()
                wants = gen.send(ready)
        except StopIteration as ended:
            return ended.value

    def _is_busy(self) -> bool:
        return self.pgconn.transaction_status == TransactionStatus.ACTIVE

    def _is_worked_for(self) -> bool:
        """Ask on another connection. A server that does not let us in has answered as well."""
        if self.other_end is None:
            return False
        try:
            with _Asking.to(self.server) as asking:
                return asking.execute(_AT_WORK.encode(), self.other_end).fetchone() == (1,)
        except psycopg.Error as error:
            return "FATAL" in str(error)

    def _give_up(self) -> None:
        self.pgconn.finish()
        raise Silence("the server does not answer any more")


class _Asking(WatchedConnection):
    """A connection for one short question, which is not asked about in turn."""

    enough = 1
