"""How values come from a server and go to it: as they would from a file and to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from psycopg import adapt
from psycopg.types.numeric import IntDumper

if TYPE_CHECKING:
    import psycopg


def as_in_a_file(connection: psycopg.Connection[Any]) -> None:
    """Let this connection give whole numbers and take flags as a file does."""
    connection.adapters.register_loader("numeric", _Whole)
    connection.adapters.register_dumper(bool, _Flag)


class _Whole(adapt.Loader):
    """Sums of whole numbers come as numeric: they are whole numbers here too."""

    def load(self, data: adapt.Buffer) -> int | float:
        text = bytes(data).decode()
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


class _Flag(IntDumper):
    """Flags are kept as 0 and 1, as in a file."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> bytes:
        return self.dump(obj)
