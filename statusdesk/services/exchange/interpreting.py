"""Turns the rows of a table into values of accounts, as the plan says; each refused row says why.

A million rows take seconds, so the common case is fast: one look at a whole row tells that nothing in it needs
care (no blanks around texts, nothing invisible, nothing to normalise), and then only cells that are not texts are
converted. All other rows go the careful way, cell by cell.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from statusdesk.domain.errors import BadValue
from statusdesk.services.exchange.converters import LONGEST_TEXT, Value, clean_text, converter
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.tables import Table

Row = tuple[int, tuple[Value, ...]]
"""The line of the file, and its values in the order of the plan's fields.

Texts are clean, amounts minor units, flags 0 or 1, days ISO, instants UTC milliseconds. A status is an id, or
-1 for the first new status of the plan, -2 for the second. An empty cell is the field's default (no text, 0, not
delinquent), for accounts that exist already as well: an empty mapped cell empties the field. Only an empty
instant is None, "not given".
"""

Takes = Callable[[str, Value], bool]
"""Says whether the account with this number can have this status."""

_LINES_KEPT = 100
_LETTERS_SHOWN = 80


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be brought in: where it stands, which field is why, and its cells as they are.

    `field` and `column` are empty where the row as a whole is why.
    """

    line: int
    field: str
    column: str
    value: str
    reason: str
    cells: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Line and reason: “Line 12, monthly_charge: “abc” is not an amount.”."""
        return f"Line {self.line}{', ' if self.field else ': '}{self.explanation}."

    @property
    def explanation(self) -> str:
        """The reason without the line: “monthly_charge: “abc” is not an amount”."""
        shown = self.value if len(self.value) <= _LETTERS_SHOWN else self.value[:_LETTERS_SHOWN] + "…"
        quoted = f"“{shown}” " if shown else ""
        return f"{self.field + ': ' if self.field else ''}{quoted}{self.reason}"


@dataclass(slots=True)
class Findings:
    """What is pointed out without being refused: negative monthly charges, with the first lines that have one."""

    negative_charges: int = 0
    lines: list[int] = field(default_factory=list)

    def add_negative(self, line: int) -> None:
        """Count one."""
        self.negative_charges += 1
        if len(self.lines) < _LINES_KEPT:
            self.lines.append(line)


def interpret(
    table: Table,
    plan: ImportPlan,
    currency: str,
    zone: str,
    findings: Findings | None = None,
    *,
    takes: Takes | None = None,
) -> Iterator[Row | RefusedRow]:
    """Yield each row of the table as values, or as refused with the reason.

    `currency` is ISO 4217, `zone` the IANA name of the time zone in which instants without an offset are meant.
    `takes` is asked for each row with a status whether that account can have it.
    Raises what `ImportPlan.check` raises at once, and `FileRefused` while reading.
    """
    plan.check(table.columns, table.path.name)
    return _Interpreter(table, plan, currency, zone).rows(Findings() if findings is None else findings, takes)


def accepted(items: Iterable[Row | RefusedRow], refused: list[RefusedRow]) -> Iterator[Row]:
    """Yield the rows, and put those that were refused into the list."""
    for item in items:
        if isinstance(item, RefusedRow):
            refused.append(item)
        else:
            yield item


class _Interpreter:
    """A plan made ready for one table."""

    def __init__(self, table: Table, plan: ImportPlan, currency: str, zone: str) -> None:
        self._table = table
        self._width = len(table.columns)
        self._fields = plan.fields
        self._columns = [plan.mapping[name] for name in plan.fields]
        self._places = [table.index(column) for column in self._columns]
        self._converters = [converter(name, plan, currency, zone) for name in plan.fields]
        self._charge = plan.fields.index("monthly_charge") if "monthly_charge" in plan.fields else None

    def rows(self, findings: Findings, takes: Takes | None) -> Iterator[Row | RefusedRow]:
        """Yield each row as values or as refused."""
        status = self._fields.index("status") if takes and "status" in self._fields else None
        width, charge, pick = self._width, self._charge, _picker(self._places)
        typed = [(place, convert) for place, convert in enumerate(self._converters) if convert]
        first_lines: dict[str, int] = {}
        for line, cells in self._table.rows():
            try:
                plain = len(cells) == width and _is_plain(f"|{'|'.join(cells)}|")
                texts = pick(cells) if plain else self._cleaned(cells)
                values: list[Value] = list(texts)
                for place, convert in typed:
                    values[place] = convert(texts[place])
            except BadValue as problem:
                yield self._refused(line, cells, problem)
                continue
            number = texts[0]
            if not number or first_lines.setdefault(number, line) != line:
                yield self._refused_number(line, cells, number, first_lines.get(number))
                continue
            if takes and status is not None and not takes(number, values[status]):
                retired = BadValue(field="status", value=texts[status], reason="is retired and takes no accounts")
                yield self._refused(line, cells, retired, status)
                continue
            if charge is not None and isinstance(amount := values[charge], int) and amount < 0:
                findings.add_negative(line)
            yield line, tuple(values)

    def _cleaned(self, cells: list[str]) -> list[str]:
        """Return the texts of the mapped cells, or raise `BadValue`; what is empty behind them is dropped."""
        if len(cells) < self._width or any(cells[self._width :]):
            cells_here = f"has {len(cells)} cell{'s' * (len(cells) != 1)}"
            raise BadValue(field="", value="", reason=f"{cells_here}, but there are {self._width} columns")
        return [clean_text(name, cells[place]) for name, place in zip(self._fields, self._places, strict=True)]

    def _refused(self, line: int, cells: list[str], problem: BadValue, at: int | None = None) -> RefusedRow:
        """Say which field the problem is about: the given one, or the first whose cell cannot be converted."""
        facts, at = problem.facts, self._culprit(cells) if at is None else at
        name, column = ("", "") if at is None else (self._fields[at], self._columns[at])
        return RefusedRow(line, name, column, str(facts["value"]), str(facts["reason"]), tuple(cells))

    def _culprit(self, cells: list[str]) -> int | None:
        if len(cells) < self._width:
            return None
        for at, (name, place) in enumerate(zip(self._fields, self._places, strict=True)):
            try:
                text = clean_text(name, cells[place])
                if convert := self._converters[at]:
                    convert(text)
            except BadValue:
                return at
        return None

    def _refused_number(self, line: int, cells: list[str], number: str, first: int | None) -> RefusedRow:
        reason = f"is already in line {first}" if number else "is missing, and every account needs one"
        return RefusedRow(line, "number", self._columns[0], number, reason, tuple(cells))


def _picker(places: list[int]) -> Callable[[list[str]], Sequence[str]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: [cells[places[0]]]


def _is_plain(row: str) -> bool:
    """Say whether the cells of a row, joined by bars, can be taken as they are."""
    return (
        row.isprintable()
        and " |" not in row
        and "| " not in row
        and len(row) <= LONGEST_TEXT
        and (row.isascii() or ("\ufffd" not in row and unicodedata.is_normalized("NFC", row)))
    )
