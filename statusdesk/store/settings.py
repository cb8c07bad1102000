"""What the office sets for the whole database: names and values beside its currency and time zone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from statusdesk.store.database import Database


def beginning_with(db: Database, prefix: str) -> dict[str, str]:
    """Return the settings whose names begin with a prefix, by name."""
    rows = db.rows("SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
    return dict(rows)


def named(db: Database, names: Iterable[str]) -> dict[str, str]:
    """Return those of the settings that are set, by name."""
    rows = db.rows(
        "SELECT name, value FROM setting WHERE name IN (SELECT atom FROM json_each(?))",
        (json.dumps(list(names)),),
    )
    return dict(rows)


def put(db: Database, values: Mapping[str, str]) -> None:
    """Set values by name; an empty one takes the setting away."""
    db.run_many("DELETE FROM setting WHERE name = ?", [(name,) for name in values])
    db.run_many("INSERT INTO setting VALUES (?, ?)", [(name, value) for name, value in values.items() if value])
