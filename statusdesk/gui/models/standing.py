"""What is special about the database that a window shows: nothing, mostly; or a rehearsal, or for looking only."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

Kind = Literal["own", "rehearsal", "readable", "looking"]
"""The database itself, a copy to try things on, what is left of a damaged one, or one that cannot be written."""


class Standing(NamedTuple):
    """Where the database comes from (`origin`), and in one sentence why nothing can be changed, if that is so.

    `folder` is one that goes with the window.
    """

    kind: Kind = "own"
    origin: Path | None = None
    locked: str = ""
    folder: TemporaryDirectory[str] | None = None


OWN = Standing()
"""Nothing special."""
