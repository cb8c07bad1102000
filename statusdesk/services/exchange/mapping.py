"""Matches the columns of a table to the fields of accounts, and lets a matching be used again for the next file.

What is matched by the names of columns is a guess, marked as one, for people to check. A saved mapping speaks of
columns and statuses by name, so that it also fits another file and another database; `applied` says what does
not fit. `mapping_files` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from statusdesk.domain.errors import NoSuchStatus, StatusDeskError
from statusdesk.domain.fields import FIELD, FIELDS
from statusdesk.domain.folding import name_key
from statusdesk.services.exchange.errors import NoSuchColumn, NoSuchField
from statusdesk.services.exchange.plans import ImportPlan, NewStatus, StatusChoice
from statusdesk.services.exchange.synonyms import SYNONYMS, column_key
from statusdesk.services.exchange.tables import TableOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.services.exchange.tables import Table


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """Which column gives which field: each column once, each field once.

    `mapping` is field → column in the order of the fields, as `ImportPlan` takes it; `guessed` are the fields
    whose column nobody chose; `unused` are the columns that give no field.
    """

    mapping: dict[str, str]
    guessed: frozenset[str]
    unused: tuple[str, ...]


def match_columns(columns: Sequence[str], given: Mapping[str, str] | None = None) -> ColumnMatch:
    """Match columns to fields by their names; what is `given` (field → column) stays as it is.

    The number may be missing from the result: then a person must choose its column. Raises `NoSuchField` for a
    field in `given` that accounts do not have; whether its columns exist is for `ImportPlan.check`.
    """
    given = dict(given or {})
    for name in given:
        if name not in FIELD:
            raise NoSuchField(field=name, known=", ".join(FIELD))
    guesses = _guesses(columns, given)
    both = given | guesses
    mapping = {each.name: both[each.name] for each in FIELDS if each.name in both}
    taken = set(mapping.values())
    return ColumnMatch(mapping, frozenset(guesses), tuple(column for column in columns if column not in taken))


def _guesses(columns: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    keys = {column: column_key(column) for column in columns if column not in given.values()}
    candidates = [
        (SYNONYMS[each.name].index(key), place, each.name, column)
        for place, each in enumerate(FIELDS)
        for column, key in keys.items()
        if each.name not in given and key in SYNONYMS[each.name]
    ]
    found: dict[str, str] = {}
    for _, _, name, column in sorted(candidates, key=lambda candidate: candidate[:2]):
        if name not in found and column not in found.values():
            found[name] = column
    return found


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A matching by names: what a person decided for one file, to be used again for the next.

    `mapping` is field → column. A status is the name of one that should exist, or a new one. `options` say how
    the file was read; the sheet of a workbook is not part of it.
    """

    name: str
    mapping: dict[str, str]
    status_words: dict[str, str | NewStatus] = field(default_factory=dict)
    default_status: str | NewStatus | None = None
    on_existing: Literal["update", "skip"] = "update"
    decimal: str | None = None
    date_style: str = "%Y-%m-%d"
    options: TableOptions = field(default_factory=TableOptions)


def as_saved(name: str, table: Table, plan: ImportPlan, statuses: Iterable[Status]) -> SavedMapping:
    """Return the plan for a table as it can be saved under a name; statuses that are gone are left out."""
    names = {status.id: status.name for status in statuses}
    words = {
        word: names.get(choice) if isinstance(choice, int) else choice
        for word, choice in plan.status_words.items()
    }
    default = plan.default_status
    read = table.options
    return SavedMapping(
        " ".join(name.split()),
        dict(plan.mapping),
        {word: choice for word, choice in words.items() if choice is not None},
        names.get(default) if isinstance(default, int) else default,
        plan.on_existing,
        plan.decimal,
        plan.date_style,
        TableOptions(read.encoding, read.delimiter, read.header),
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """A saved mapping on a table: the plan with all that fits, and one error for each thing that does not.

    The errors (`NoSuchColumn`, `NoSuchStatus`) are for showing, they were not raised; each `sentence` is one.
    """

    plan: ImportPlan
    misfits: tuple[StatusDeskError, ...]


def applied(saved: SavedMapping, table: Table, statuses: Iterable[Status]) -> Applied:
    """Use a saved mapping for a table that was opened already, with the statuses that there are now.

    Columns are found without regard to case, blanks and accents. A status that was new then and exists now is
    the one that exists. To open the file as then, use `saved.options` for `open_table` first.
    """
    live = [status for status in statuses if status.live]
    by_name = {name_key(status.name): status.id for status in live}
    columns = {column_key(column): column for column in reversed(table.columns)}
    mapping = {name: columns.get(column_key(column)) for name, column in saved.mapping.items()}
    words = {word: _choice(wanted, by_name) for word, wanted in saved.status_words.items()}
    default = None if saved.default_status is None else _choice(saved.default_status, by_name)
    wanted_names = [*saved.status_words.values(), *filter(None, [saved.default_status])]
    gone = dict.fromkeys(name for name in wanted_names if isinstance(name, str) and _choice(name, by_name) is None)
    misfits: list[StatusDeskError] = [
        NoSuchColumn(file=table.path.name, column=saved.mapping[name], known=", ".join(table.columns))
        for name, column in mapping.items()
        if column is None
    ]
    misfits += [NoSuchStatus(name=name, known=", ".join(status.name for status in live)) for name in gone]
    plan = ImportPlan(
        {name: column for name, column in mapping.items() if column is not None},
        {word: choice for word, choice in words.items() if choice is not None},
        saved.on_existing,
        saved.decimal,
        saved.date_style,
        default,
    )
    return Applied(plan, tuple(misfits))


def _choice(wanted: str | NewStatus, by_name: Mapping[str, int]) -> StatusChoice | None:
    if isinstance(wanted, NewStatus):
        return by_name.get(name_key(wanted.name), wanted)
    return by_name.get(name_key(wanted))
