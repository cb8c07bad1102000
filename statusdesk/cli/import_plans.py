"""How a file is to be brought in: what was typed first, then a saved matching, then what names and words tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.cli.import_statuses import Meanings
from statusdesk.domain.errors import BadValue, NoSuchStatus, Refused
from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.instants import spelled
from statusdesk.services.exchange.errors import NoSuchColumn, NumberNotMapped
from statusdesk.services.exchange.mapping import SavedMapping, applied, as_saved
from statusdesk.services.exchange.mapping_files import MappingFiles
from statusdesk.services.exchange.reading import TableGuess, inspect, open_table
from statusdesk.services.exchange.synonyms import column_key
from statusdesk.services.importing import StatusGuess, guess_plan, guess_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Container, Iterable, Mapping, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.services.exchange.plans import ImportPlan
    from statusdesk.services.exchange.tables import Table


class NoStatusColumn(Refused):
    """Words are given a meaning, but no column has them."""

    sentence = "{file}, status: no column is matched to it. Say which one with --map status=COLUMN: {known}."


class DatesUnclear(Refused):
    """Dates that can be read in two ways."""

    sentence = "{file}: its dates can be read as {styles}. Say which with --date-format."


class ColumnUnknown(NoSuchColumn):
    """A field was to come from a column that the file does not have."""

    sentence = "{file}, {field}: there is no column named “{column}”. The columns are: {known}."


class NumberUnknown(NumberNotMapped):
    """No column is known to hold the account numbers."""

    sentence = "{file}, number: no column is known to hold it. Say which one with --map number=COLUMN: {known}."


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file, what was guessed of it, and the matching that was asked for by name."""

    guess: TableGuess
    table: Table
    saved: SavedMapping | None
    encoding_given: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The plan, which fields were guessed, how often each status word occurs, and what is to be pointed out.

    `untold` are new statuses whose names do not tell whether they are billed.
    """

    plan: ImportPlan
    guessed: frozenset[str]
    counted: Mapping[str, int]
    untold: frozenset[str]
    notes: tuple[str, ...]


def open_file(args: Namespace) -> Source:
    """Open the file as a table; raises `FileRefused`, `NoSuchMapping` or `MappingDamaged`."""
    saved = MappingFiles().load(args.mapping) if args.mapping else None
    guess = inspect(args.file)
    options = guess.options
    if saved is not None:
        options = replace(saved.options, sheet=options.sheet)
    given = {name: getattr(args, name) for name in ("encoding", "delimiter", "sheet") if getattr(args, name)}
    if args.no_header:
        given["header"] = False
    table = open_table(args.file, replace(options, **given))
    return Source(guess, table, saved, encoding_given=bool(saved or args.encoding))


def make_plan(
    args: Namespace, source: Source, statuses: Sequence[Status], used: Container[int] = frozenset()
) -> Decided:
    """Decide how the table is brought in, or refuse with what has to be said first.

    `used` are the ids of statuses that accounts have.
    """
    table, file = source.table, source.table.path.name
    given = {name: _column(table, name, column) for name, column in args.map if column}
    left_out = {name for name, column in args.map if not column}
    plan, guessed, words, styles = _proposed(source, statuses, given, used)
    mapping = {name: column for name, column in plan.mapping.items() if name not in left_out}
    if "number" not in mapping:
        raise NumberUnknown(file=file, known=", ".join(table.columns))
    plan = replace(
        plan,
        mapping=mapping,
        decimal=args.decimal or plan.decimal,
        date_style=args.date_format or plan.date_style,
        on_existing=args.on_existing or plan.on_existing,
    )
    dated = any(FIELD[name].kind in (Kind.DATE, Kind.INSTANT) for name in mapping)
    if dated and len(styles) > 1 and not args.date_format and source.saved is None:
        raise DatesUnclear(file=file, styles=" or ".join(map(spelled, styles)))
    if args.status_value and "status" not in mapping:
        raise NoStatusColumn(file=file, known=", ".join(table.columns))
    meanings = Meanings(args, source.table, statuses)
    plan = meanings.settle(plan, words if "status" in mapping else StatusGuess())
    return Decided(
        plan, guessed & mapping.keys(), words.counted, frozenset(meanings.untold), tuple(meanings.notes)
    )


def _proposed(
    source: Source, statuses: Sequence[Status], given: Mapping[str, str], used: Container[int]
) -> tuple[ImportPlan, frozenset[str], StatusGuess, tuple[str, ...]]:
    """Return the plan as the saved matching or the names of columns make it, and what was guessed for it."""
    table = source.table
    if source.saved is None:
        guess = guess_plan(table, statuses, given, used=used)
        return guess.plan, guess.guessed, guess.words, guess.date_styles
    fit = applied(source.saved, table, statuses)
    mapping = {**fit.plan.mapping, **given}
    missing = [name for name in source.saved.mapping if name not in mapping]
    if fit.misfits and (missing or isinstance(fit.misfits[-1], NoSuchStatus)):
        raise fit.misfits[0] if missing else fit.misfits[-1]
    column = mapping.get("status")
    words = guess_words(table, column, statuses, used=used) if column else StatusGuess()
    return replace(fit.plan, mapping=mapping), frozenset(), words, ()


def _column(table: Table, name: str, wanted: str) -> str:
    """Return the column of that name, or else the only one that differs in case, blanks and accents alone."""
    if wanted in table.columns:
        return wanted
    alike = [column for column in table.columns if column_key(column) == column_key(wanted)]
    if len(alike) != 1:
        raise ColumnUnknown(file=table.path.name, field=name, column=wanted, known=", ".join(table.columns))
    return alike[0]


def save_plan(name: str, source: Source, plan: ImportPlan, statuses: Iterable[Status]) -> None:
    """Save the plan as a matching of that name; raises `CannotWrite`."""
    if not name.strip():
        raise BadValue(field="--save-mapping", value=name, reason="is no name")
    MappingFiles().save(as_saved(name, source.table, plan, statuses))
