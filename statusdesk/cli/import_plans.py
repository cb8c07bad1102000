"""How a file is to be brought in: what was typed first, then a saved matching, then what names and words tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusdesk.cli.bringing_in import spelled
from statusdesk.cli.output import plain
from statusdesk.domain.errors import BadValue, NoSuchStatus, Refused
from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.folding import clean, name_key
from statusdesk.domain.records import Stage
from statusdesk.services.exchange.errors import NumberNotMapped
from statusdesk.services.exchange.mapping import SavedMapping, applied, as_saved
from statusdesk.services.exchange.mapping_files import MappingFiles
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.reading import TableGuess, inspect, open_table
from statusdesk.services.exchange.status_words import suggest_status
from statusdesk.services.exchange.synonyms import column_key
from statusdesk.services.importing import StatusGuess, guess_plan, guess_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence

    from statusdesk.domain.records import Status
    from statusdesk.services.exchange.plans import StatusChoice
    from statusdesk.services.exchange.tables import Table

MOST_WORDS = 100
"""More different words than this are no statuses: the wrong column was chosen."""

_SHOWN = 5


class UnknownWords(Refused):
    """Words in the status column that mean nothing yet."""

    sentence = (
        "{file}, line {line}, status: it is not known what {words} in the column “{column}” means."
        " Nothing was changed. Say it with --status-value WORD=STATUS,"
        " or let --create-statuses make what is missing."
    )


class TooManyWords(Refused):
    """A column of names or numbers instead of statuses."""

    sentence = (
        "{file}, status: the column “{column}” has {count} words that are no statuses, too many to make them."
        " Choose another column with --map status=COLUMN."
    )


class NotThereYet(Refused):
    """A status that was named for a word does not exist."""

    sentence = (
        "{option}: there is no status named “{name}”. Add --create-statuses to make it, or name one of: {known}."
    )


class Retired(Refused):
    """A status that was named for a word is no longer offered."""

    sentence = (
        "{option}: “{name}” is retired and takes no accounts."
        " `statusdesk status bring-back` offers it again; or name another status."
    )


class NoStatusColumn(Refused):
    """Words are given a meaning, but no column has them."""

    sentence = "{file}, status: no column is matched to it. Say which one with --map status=COLUMN: {known}."


class DatesUnclear(Refused):
    """Dates that can be read in two ways."""

    sentence = "{file}: its dates can be read as {styles}. Say which with --date-format."


class NumberUnknown(NumberNotMapped):
    """No column is known to hold the account numbers."""

    sentence = "{file}, number: no column is known to hold it. Say which one with --map number=COLUMN: {known}."


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file, what was guessed of it, and the matching that was asked for by name."""

    guess: TableGuess
    table: Table
    saved: SavedMapping | None


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
    return Source(guess, open_table(args.file, replace(options, **given)), saved)


def make_plan(args: Namespace, source: Source, statuses: Sequence[Status]) -> Decided:
    """Decide how the table is brought in, or refuse with what has to be said first."""
    table, file = source.table, source.table.path.name
    given = {name: _column(table, column) for name, column in args.map if column}
    left_out = {name for name, column in args.map if not column}
    plan, guessed, words, styles = _proposed(source, statuses, given)
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
    dated = any(FIELD[name].kind is Kind.DATE for name in mapping)
    if dated and len(styles) > 1 and not args.date_format and source.saved is None:
        raise DatesUnclear(file=file, styles=" or ".join(map(spelled, styles)))
    if args.status_value and "status" not in mapping:
        raise NoStatusColumn(file=file, known=", ".join(table.columns))
    meanings = _Meanings(args, source, statuses)
    plan = meanings.settle(plan, words if "status" in mapping else StatusGuess())
    return Decided(
        plan, guessed & mapping.keys(), words.counted, frozenset(meanings.untold), tuple(meanings.notes)
    )


def _proposed(
    source: Source, statuses: Sequence[Status], given: Mapping[str, str]
) -> tuple[ImportPlan, frozenset[str], StatusGuess, tuple[str, ...]]:
    """Return the plan as the saved matching or the names of columns make it, and what was guessed for it."""
    table = source.table
    if source.saved is None:
        guess = guess_plan(table, statuses, given)
        return guess.plan, guess.guessed, guess.words, guess.date_styles
    fit = applied(source.saved, table, statuses)
    mapping = {**fit.plan.mapping, **given}
    missing = [name for name in source.saved.mapping if name not in mapping]
    if fit.misfits and (missing or isinstance(fit.misfits[-1], NoSuchStatus)):
        raise fit.misfits[0] if missing else fit.misfits[-1]
    words = guess_words(table, mapping["status"], statuses) if "status" in mapping else StatusGuess()
    return replace(fit.plan, mapping=mapping), frozenset(), words, ()


def _column(table: Table, wanted: str) -> str:
    """Return the column of that name, or else the only one that differs in case, blanks and accents alone."""
    if wanted in table.columns:
        return wanted
    alike = [column for column in table.columns if column_key(column) == column_key(wanted)]
    return alike[0] if len(alike) == 1 else wanted


class _Meanings:
    """What the words of the status column are taken for."""

    def __init__(self, args: Namespace, source: Source, statuses: Iterable[Status]) -> None:
        self._create: bool = args.create_statuses
        self._given: dict[str, str] = dict(args.status_value)
        self._default: str | None = args.default_status
        self._table = source.table
        self._statuses = {name_key(status.name): status for status in statuses}
        self._made: dict[str, NewStatus] = {}
        self.untold: set[str] = set()
        self.notes: list[str] = []

    def settle(self, plan: ImportPlan, guess: StatusGuess) -> ImportPlan:
        """Return the plan with a status for every word, or refuse."""
        words: dict[str, StatusChoice] = {**guess.known, **plan.status_words}
        for word, name in self._given.items():
            words[word] = self._choose(name, f"--status-value {word}={name}")
            if guess.counted and name_key(word) not in set(map(name_key, guess.counted)):
                self.notes.append(f"“{word}”, given with --status-value, does not occur in the file.")
        default = plan.default_status
        if self._default is not None:
            default = self._choose(self._default, f"--default-status {self._default}")
        if default is not None and "" in guess.counted:
            words.setdefault("", default)
        decided = set(map(name_key, words))
        unknown = [word for word in guess.counted if word and name_key(word) not in decided]
        if unknown:
            words |= self._new_ones(unknown, guess, plan.mapping["status"])
        return replace(plan, status_words=words, default_status=None if "status" in plan.mapping else default)

    def _choose(self, name: str, option: str) -> StatusChoice:
        status = self._statuses.get(name_key(name))
        if status is not None:
            if status.retired:
                raise Retired(option=option, name=status.name)
            return status.id
        if not self._create:
            known = ", ".join(status.name for status in self._statuses.values() if status.live)
            raise NotThereYet(option=option, name=name, known=known)
        return self._new(name, suggest_status(name))

    def _new(self, name: str, suggested: NewStatus | None) -> NewStatus:
        """Make a status of that name once; one whose name tells nothing is not billed until a person says so."""
        key = name_key(name)
        if key not in self._made:
            if suggested is None:
                self.untold.add(clean(name))
            known = suggested or NewStatus(clean(name), activates=False, stage=Stage.PAUSED)
            self._made[key] = replace(known, name=clean(name))
        return self._made[key]

    def _new_ones(self, unknown: list[str], guess: StatusGuess, column: str) -> dict[str, StatusChoice]:
        file = self._table.path.name
        if len(unknown) > MOST_WORDS:
            raise TooManyWords(file=file, column=column, count=plain(len(unknown)))
        if not self._create:
            raise UnknownWords(
                file=file, line=self._line_of(unknown, column), words=_listed(unknown), column=column
            )
        return {word: self._for_word(word, guess.proposed.get(word)) for word in unknown}

    def _for_word(self, word: str, proposed: NewStatus | None) -> StatusChoice:
        name = proposed.name if proposed else word
        status = self._statuses.get(name_key(name))
        if status is None:
            return self._new(name, proposed)
        if status.retired:
            raise Retired(option=f"The word “{word}”", name=status.name)
        return status.id

    def _line_of(self, words: list[str], column: str) -> int:
        """Return the first line that has one of the words."""
        keys, place = set(map(name_key, words)), self._table.index(column)
        rows = self._table.rows()
        return next(line for line, cells in rows if len(cells) > place and name_key(cells[place]) in keys)


def _listed(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words[:_SHOWN]]
    more = len(words) - _SHOWN
    return f"{', '.join(quoted)} and {more} more" if more > 0 else " or ".join(quoted)


def save_plan(name: str, source: Source, plan: ImportPlan, statuses: Iterable[Status]) -> None:
    """Save the plan as a matching of that name; raises `CannotWrite`."""
    if not name.strip():
        raise BadValue(field="--save-mapping", value=name, reason="is no name")
    MappingFiles().save(as_saved(name, source.table, plan, statuses))
