"""Hears from the server that somebody changed the database, and notices when it does not answer any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg

from statusdesk.store.postgres import connect
from statusdesk.store.server_errors import explained
from statusdesk.store.server_schema import CHANNEL

if TYPE_CHECKING:
    from statusdesk.domain.places import Server

HEARTBEAT: Final = 6
"""Silent waits after which the server is asked whether it is still there."""

LONGEST: Final = 5.0
"""Seconds that it may take the server to say so."""


class Hearing:
    """A connection of its own that listens; lives on one thread. Whatever breaks raises `StoreUnavailable`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._silent = 0
        try:
            self._connection = connect(server, longest=LONGEST, application_name="StatusDesk listens")
            self._connection.execute(f"LISTEN {CHANNEL}".encode())
        except psycopg.Error as error:
            raise explained(error, server) from error

    def wait(self, seconds: float) -> bool:
        """Wait for a change that somebody made, at most so long; say whether there was one."""
        try:
            heard = any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))
            self._silent = 0 if heard else self._silent + 1
        except psycopg.Error as error:
            raise explained(error, self._server) from error
        if self._silent >= HEARTBEAT:
            self.ask()
        return heard

    def ask(self) -> None:
        """Ask the server whether it is still there."""
        self._silent = 0
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise explained(error, self._server) from error

    def close(self) -> None:
        """Stop listening."""
        self._connection.close()
