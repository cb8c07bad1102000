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

_OF_SUPPORT = frozenset({"reassign", "vacation_begun", "vacation_planned", "undo", "redo"})


def needed_to_undo(kind: str) -> Right:
    """Return the right that taking back a change set of this kind needs, as far as its kind says."""
    return Right.MOVE if kind in _OF_SUPPORT or kind.startswith("plan_") else Right.SHAPE
