"""What a person may do in a database beyond looking; a file leaves everything to who holds it."""

from enum import StrEnum


class Right(StrEnum):
    """One thing that a login may be allowed."""

    MOVE = "move"
    """Change accounts' statuses, now or planned."""
    SHAPE = "shape"
    """Shape statuses, import and edit accounts, and all the rest."""


EVERYTHING = frozenset(Right)
"""What the holder of a file may do."""
