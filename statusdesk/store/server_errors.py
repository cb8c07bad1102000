"""What a server's errors mean for the person at a desk: one sentence each, with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import psycopg

from statusdesk.domain.errors import NotAllowed, Refused, StatusDeskError
from statusdesk.domain.store_errors import DiskTrouble, InDoubt, InUse, ReadOnly, StoreUnavailable, Unreachable

if TYPE_CHECKING:
    from statusdesk.domain.places import Server


class CannotReach(Unreachable):
    """No server answers there."""

    sentence = "{path} cannot be reached: {reason}. Check the address and the network, then try again."


class WrongLogin(StoreUnavailable):
    """The server does not let this person in."""

    sentence = (
        "{path} does not let you in: {reason}. Check the login and its password, or ask who runs the server."
    )


class NoSuchServerDatabase(StoreUnavailable):
    """The server has no database by that name."""

    sentence = (
        "There is no database “{name}” on that server. Check its name, or ask who runs the server to make it."
    )


class NotSetUp(StoreUnavailable):
    """A database without our tables."""

    sentence = "{path} is not a StatusDesk database yet. Its owner sets it up with: statusdesk migrate {path}"


class NeedsMigration(StoreUnavailable):
    """The schema is older than this program, and updating it is for the owner."""

    sentence = (
        "{path} must be brought up to date first (schema {found}, this StatusDesk needs {wanted}). "
        "Ask {owner}, its owner, to run: statusdesk migrate {path}"
    )


class ConnectionLost(Unreachable):
    """The connection broke before anything was kept."""

    sentence = (
        "The connection to {path} was lost ({reason}). Nothing was changed. Try again when the server answers."
    )


class Unkept(Unreachable):
    """The connection broke while a change was being kept, and the server says that it was not."""

    sentence = "The connection to {path} was lost, and the change was not made: the server says so. Make it again."


class Undecided(InDoubt):
    """The connection broke while a change was being kept, and nobody can say what became of it."""

    sentence = (
        "The connection to {path} was lost while a change was being saved, and the server does not answer. "
        "Look at the history, when it does, before you make the change again."
    )


class NoFileToCopy(Refused):
    """A backup of a database that is no file."""

    sentence = "{path} is on a server: back it up there, with pg_dump, or copy it into a file."


class TooManyConnections(Unreachable):
    """The server takes no more connections."""

    sentence = "{path} takes no more connections now. Close a window that nobody needs, or try again later."


_CIRCUMSTANCES = re.compile(
    r"^(consuming input failed: |sending query failed: )?(connection failed: )?"
    r"(connection to server .*? failed: )?(FATAL: +)?"
)
"""What the driver and the server put before what matters to a person."""

_LOGIN = ("28000", "28P01")
_LOST = ("57P01", "57P02", "57P03", "57P05", "25P03")


def explained(error: BaseException, server: Server) -> StatusDeskError:
    """Return the sentence for a server's error; raises those that are bugs of ours as they are."""
    code = getattr(error, "sqlstate", None) or ""
    reason = _first_line(error)
    if code in _LOST or code.startswith("08"):
        return ConnectionLost(path=server, reason=reason)
    if code in _LOGIN:
        return WrongLogin(path=server, reason=reason)
    found = _BY_CODE.get(code)
    if found is not None:
        return found(path=server, reason=reason, name=server.name)
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return CannotReach(path=server, reason="no answer came in time")
    if not code and isinstance(error, psycopg.OperationalError):
        return _without_code(error, server, reason)
    raise error


def _without_code(error: psycopg.OperationalError, server: Server, reason: str) -> StatusDeskError:
    """Tell errors apart that no server worded: of connecting, and of a connection that broke."""
    pgconn = error.pgconn
    if pgconn is None:
        return ConnectionLost(path=server, reason=reason)
    words = bytes(pgconn.error_message).decode(errors="replace")
    if (
        pgconn.needs_password
        or pgconn.used_password
        or "no password supplied" in words
        or "authentication" in words
    ):
        return WrongLogin(path=server, reason=reason)
    if f'database "{server.name}" does not exist' in words:
        return NoSuchServerDatabase(path=server, name=server.name)
    return CannotReach(path=server, reason=reason)


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0].removesuffix(".") if lines else type(error).__name__
    return _CIRCUMSTANCES.sub("", said) or said


_BY_CODE: dict[str, type[StatusDeskError]] = {
    "42501": NotAllowed,
    "55P03": InUse,
    "25006": ReadOnly,
    "53100": DiskTrouble,
    "53300": TooManyConnections,
    "3D000": NoSuchServerDatabase,
}
