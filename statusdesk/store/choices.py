"""The lists that the office manages, as they are kept: names in order, by list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.domain.choices import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from statusdesk.store.database import Database


class Choices:
    """The lists of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def names(self, which: ChoiceList) -> tuple[str, ...]:
        """Return what a list offers, in order."""
        rows = self._db.rows("SELECT name FROM choice WHERE list = ? ORDER BY position, name", (which.value,))
        return tuple(name for (name,) in rows)

    def all(self) -> dict[ChoiceList, tuple[str, ...]]:
        """Return every list with what it offers, empty ones too."""
        return {which: self.names(which) for which in ChoiceList}

    def offer(self, which: ChoiceList, names: Iterable[str]) -> None:
        """Add names to the end of a list; those already there stay where they are."""
        self._db.run_many(
            "INSERT OR IGNORE INTO choice VALUES (?, ?, (SELECT count(*) FROM choice WHERE list = ?))",
            [(which.value, name, which.value) for name in names if name],
        )

    def set(self, which: ChoiceList, names: Sequence[str]) -> None:
        """Replace a list; accounts keep the values that they have."""
        self._db.run("DELETE FROM choice WHERE list = ?", (which.value,))
        self._db.run_many(
            "INSERT INTO choice VALUES (?, ?, ?)",
            [(which.value, name, place) for place, name in enumerate(names)],
        )
