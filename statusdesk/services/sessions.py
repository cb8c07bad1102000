"""Ends sessions that are up after a publish (RFC 5176), so that customers dial again into their new level."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from statusdesk.store.radius_database import Session

PACE = 50
"""Requests a second at most."""

TRIES = 2
TIMEOUT = 2
"""Seconds to wait for an answer to each try."""

SILENT = 3
"""After so many sessions without an answer an access server is not asked any more."""

_GONE = 503
_CAUSES: Mapping[int, str] = {
    401: "it does not support an attribute",
    402: "it misses an attribute",
    403: "it is another access server",
    405: "it does not support the service",
    501: "it is not allowed to",
    503: "the session was gone already",
    504: "it cannot remove the session",
    506: "it has no resources left",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it: sessions ended, those gone already, refusals by their causes, and who did not answer.

    `unknown` are access servers whose secret nobody told us.
    """

    ended: int = 0
    gone: int = 0
    refused: Mapping[str, int] | None = None
    silent: tuple[Session, ...] = ()
    unknown: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Say it in words."""
        said = [_count(self.ended, "session was ended.", "sessions were ended.")]
        if self.gone:
            said.append(_count(self.gone, "was gone already.", "were gone already."))
        said += [
            f"{_count(number, 'was', 'were')} refused by the access server: {why}."
            for why, number in (self.refused or {}).items()
        ]
        if self.silent:
            servers = ", ".join(sorted({session.nas for session in self.silent}))
            said.append(
                f"{_count(len(self.silent), 'session', 'sessions')} got no answer from {servers}: the address, the"
                " secret or the way there may be wrong. Try again for them."
            )
        if self.unknown:
            said.append(f"No secret is known for {', '.join(self.unknown)}: their sessions go on until they end.")
        return said


def end_sessions(
    sessions: Sequence[Session],
    secrets: Callable[[str], str],
    *,
    port: int = 3799,
    progress: Callable[[int], None] | None = None,
    timeout: float = TIMEOUT,
) -> Ended:
    """Ask each session's access server to end it, at most `PACE` a second, each up to `TRIES` times.

    `secrets` gives the shared secret of an access server by its address, or “”. A packet with a wrong secret is
    not answered, and neither is one from an address that the server does not know.
    """
    asking = _Asking(secrets, port, timeout)
    for done, session in enumerate(sessions, start=1):
        asking.ask(session)
        if progress is not None:
            progress(done)
    return asking.result()


class _Asking:
    def __init__(self, secrets: Callable[[str], str], port: int, timeout: float) -> None:
        from statusdesk.services.disconnecting import disconnect

        self._disconnect = disconnect
        self._secrets, self._port, self._timeout = secrets, port, timeout
        self._ended = self._gone = 0
        self._refused: Counter[str] = Counter()
        self._silent: list[Session] = []
        self._silences: Counter[str] = Counter()
        self._unknown: set[str] = set()
        self._next = 0.0

    def ask(self, session: Session) -> None:
        """End one session, unless its server has been silent too often."""
        secret = self._secrets(session.nas)
        if not secret:
            self._unknown.add(session.nas)
            return
        if self._silences[session.nas] >= SILENT:
            self._silent.append(session)
            return
        self._pause()
        answer = self._disconnect(session, secret, port=self._port, timeout=self._timeout, tries=TRIES)
        if answer is None:
            self._silences[session.nas] += 1
            self._silent.append(session)
        elif answer.ended:
            self._ended += 1
        else:
            self._note_refusal(answer.cause)

    def _pause(self) -> None:
        wait = self._next - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._next = time.monotonic() + 1 / PACE

    def _note_refusal(self, cause: int) -> None:
        if cause == _GONE:
            self._gone += 1
        else:
            self._refused[_CAUSES.get(cause, f"cause {cause}")] += 1

    def result(self) -> Ended:
        """Return what came of it all."""
        return Ended(
            self._ended, self._gone, dict(self._refused), tuple(self._silent), tuple(sorted(self._unknown))
        )


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
