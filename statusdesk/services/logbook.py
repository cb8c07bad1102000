"""A rotating log of what the program did, for when something went wrong: kinds, ids and counts, and nobody's data.

No name, number, text or path gets into it, and what is logged of errors is what reports keep of them.
"""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.domain.changes import Outcome

NAME: Final = "statusdesk.log"
MOST_BYTES: Final = 500_000
OLDER_KEPT: Final = 3
"""A full log becomes an older one; so many of those stay, 2 MB in all."""

_LOG: Final = logging.getLogger("statusdesk")


def folder() -> Path:
    """Return the folder for this person's logs; it need not be there yet."""
    from platformdirs import user_state_path

    return user_state_path("statusdesk", appauthor=False)


def start() -> Path | None:
    """Begin to log, or go on with the log there is; returns the file, None where it cannot be written."""
    from logging.handlers import RotatingFileHandler

    place = folder() / NAME
    stop()
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        handler = RotatingFileHandler(place, maxBytes=MOST_BYTES, backupCount=OLDER_KEPT, encoding="utf-8")
    except OSError:
        return None
    formatter = logging.Formatter("%(asctime)sZ %(process)d %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    return place


def stop() -> None:
    """Log no more."""
    for handler in list(_LOG.handlers):
        _LOG.removeHandler(handler)
        handler.close()


def note(event: str, **facts: int | str) -> None:
    """Log an event of ours with its facts: ids, counts, and words of the program only."""
    if _LOG.handlers:
        _LOG.info("%s", " ".join([event, *(f"{name}={value}" for name, value in facts.items())]))


def note_outcome(outcome: Outcome) -> None:
    """Log that something was changed."""
    note("changed", kind=outcome.kind, change_set=outcome.change_set or 0, accounts=outcome.changed)


def note_refusal(error: Exception) -> None:
    """Log that something was refused, by the kind of error only: its sentence may quote what people typed."""
    note("refused", error=type(error).__name__)


def note_fault(described: str) -> None:
    """Log an error of ours, as reports describe it."""
    if _LOG.handlers:
        _LOG.error("%s", described.replace("\n", " | "))
