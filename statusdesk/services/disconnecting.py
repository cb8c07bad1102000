"""One Disconnect-Request (RFC 5176) to an access server, by pyrad; imported only where sessions are ended."""

from __future__ import annotations

import io
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyrad.client import Client, Timeout
from pyrad.dictionary import Dictionary
from pyrad.packet import DisconnectRequest

if TYPE_CHECKING:
    from statusdesk.store.radius_database import Session

_ACK = 41
_DICTIONARY = Dictionary(
    io.StringIO(
        "ATTRIBUTE User-Name 1 string\n"
        "ATTRIBUTE NAS-IP-Address 4 ipaddr\n"
        "ATTRIBUTE Framed-IP-Address 8 ipaddr\n"
        "ATTRIBUTE Acct-Session-Id 44 string\n"
        "ATTRIBUTE Event-Timestamp 55 date\n"
        "ATTRIBUTE Message-Authenticator 80 octets\n"
        "ATTRIBUTE Error-Cause 101 integer\n"
    )
)


class _Client(Client):
    def close(self) -> None:
        """Give the socket back, which the library keeps until it is forgotten."""
        self._CloseSocket()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an access server said: whether it ended the session, or the error cause (0: none given) why not."""

    ended: bool
    cause: int = 0


def disconnect(session: Session, secret: str, *, port: int, timeout: float, tries: int) -> Answer | None:
    """Ask a session's access server to end it; None if nothing came back, `timeout` (seconds) for each try."""
    with closing(_Client(server=session.nas, coaport=port, secret=secret.encode(), dict=_DICTIONARY)) as client:
        client.timeout, client.retries = timeout, tries
        request = client.CreateCoAPacket(code=DisconnectRequest, message_authenticator=True)
        request["User-Name"] = session.user
        request["Acct-Session-Id"] = session.session_id
        request["NAS-IP-Address"] = session.nas
        request["Event-Timestamp"] = int(time.time())
        if session.address:
            request["Framed-IP-Address"] = session.address
        try:
            answer = client.SendPacket(request)
        except (Timeout, OSError):
            return None
    return Answer(answer.code == _ACK, next(iter(answer.get("Error-Cause") or [0])))
