"""Turns the rows of a table into values of accounts, as the plan says; each refused row says why.

A million rows take seconds, so the common case is fast: one look at a whole block of rows tells that nothing in it
needs care (no blanks around texts, nothing invisible, nothing to normalise), and columns that are not texts are
converted as a whole. All other blocks go the careful way, cell by cell.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain

from statusdesk.domain.errors import BadValue
from statusdesk.services.exchange.converters import LONGEST_TEXT, Value, clean_text, converter
from statusdesk.services.exchange.plans import ImportPlan
from statusdesk.services.exchange.tables import NumberedRows, Table

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


@dataclass(frozen=True, slots=True)
class Block:
    """Some hundred rows of the file: the lines and, by field, the values of those that can be brought in.

    `refused` are the others.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[Value]]
    refused: Sequence[RefusedRow] = ()

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can be brought in one by one."""
        return zip(self.lines, zip(*self.columns, strict=True), strict=True)


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
    found = Findings() if findings is None else findings
    blocks = interpret_blocks(table, plan, currency, zone, found, takes=takes)
    return chain.from_iterable(merge(block.rows(), block.refused, key=_line) for block in blocks)


def interpret_blocks(
    table: Table, plan: ImportPlan, currency: str, zone: str, findings: Findings, *, takes: Takes | None = None
) -> Iterator[Block]:
    """Yield the same block by block."""
    plan.check(table.columns, table.path.name)
    return _Interpreter(table, plan, currency, zone, takes).blocks(findings)


def _line(row: Row | RefusedRow) -> int:
    return row.line if isinstance(row, RefusedRow) else row[0]


class _Interpreter:
    """A plan made ready for one table."""

    def __init__(
        self, table: Table, plan: ImportPlan, currency: str, zone: str, takes: Takes | None = None
    ) -> None:
        self._table = table
        self._width = len(table.columns)
        self._fields = plan.fields
        self._columns = [plan.mapping[name] for name in plan.fields]
        self._places = [table.index(column) for column in self._columns]
        self._converters = [converter(name, plan, currency, zone) for name in plan.fields]
        self._charge = plan.fields.index("monthly_charge") if "monthly_charge" in plan.fields else None
        self._status = plan.fields.index("status") if "status" in plan.fields else None
        self._takes = takes
        self._first_lines: dict[str, int] = {}

    def blocks(self, findings: Findings) -> Iterator[Block]:
        """Yield each block of the table as columns of values, and the rows refused."""
        for rows in self._table.blocks():
            block = self._at_once(rows) or self._one_by_one(rows)
            self._point_out(block, findings)
            yield block

    def _at_once(self, read: NumberedRows) -> Block | None:
        """Convert rows column by column if nothing in them needs care or is refused, else return None."""
        lines, rows = read
        if set(map(len, rows)) != {self._width}:
            return None
        columns = list(zip(*rows, strict=True))
        texts = [columns[place] for place in self._places]
        if not _are_plain(texts) or not self._are_new(texts[0]):
            return None
        try:
            values = [
                column if convert is None else convert.column(column)
                for column, convert in zip(texts, self._converters, strict=True)
            ]
        except BadValue:
            return None
        if self._takes and self._status is not None and not all(map(self._takes, texts[0], values[self._status])):
            return None
        self._first_lines.update(zip(texts[0], lines, strict=True))
        return Block(lines, values)

    def _are_new(self, numbers: Sequence[str]) -> bool:
        return all(numbers) and len(set(numbers)) == len(numbers) and self._first_lines.keys().isdisjoint(numbers)

    def _one_by_one(self, read: NumberedRows) -> Block:
        """Convert rows cell by cell."""
        taken: list[Row] = []
        refused: list[RefusedRow] = []
        for line, cells in zip(*read, strict=True):
            row = self._one(line, cells)
            if isinstance(row, RefusedRow):
                refused.append(row)
            else:
                taken.append(row)
        lines, values = zip(*taken, strict=True) if taken else ((), ())
        return Block(lines, list(zip(*values, strict=True)), refused)

    def _point_out(self, block: Block, findings: Findings) -> None:
        if self._charge is not None and block.lines:
            for line, amount in zip(block.lines, block.columns[self._charge], strict=True):
                if isinstance(amount, int) and amount < 0:
                    findings.add_negative(line)

    def _one(self, line: int, cells: list[str]) -> Row | RefusedRow:
        """Convert a row cell by cell."""
        try:
            texts = self._cleaned(cells)
            values = [
                text if convert is None else convert(text)
                for text, convert in zip(texts, self._converters, strict=True)
            ]
        except BadValue as problem:
            return self._refused(line, cells, problem)
        number = texts[0]
        if not number or self._first_lines.setdefault(number, line) != line:
            return self._refused_number(line, cells, number, self._first_lines.get(number))
        if self._takes and self._status is not None and not self._takes(number, values[self._status]):
            retired = BadValue(
                field="status", value=texts[self._status], reason="is retired and takes no accounts"
            )
            return self._refused(line, cells, retired, self._status)
        return line, tuple(values)

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
                if (convert := self._converters[at]) is not None:
                    convert(text)
            except BadValue:
                return at
        return None

    def _refused_number(self, line: int, cells: list[str], number: str, first: int | None) -> RefusedRow:
        reason = f"is already in line {first}" if number else "is missing, and every account needs one"
        return RefusedRow(line, "number", self._columns[0], number, reason, tuple(cells))


def _are_plain(columns: Iterable[Sequence[str]]) -> bool:
    """Say whether all texts can be taken as they are: no blanks around them, nothing unseen."""
    return all(map(_is_plain, columns))


def _is_plain(texts: Sequence[str]) -> bool:
    together = f"|{'|'.join(texts)}|"
    return (
        together.isprintable()
        and " |" not in together
        and "| " not in together
        and max(map(len, texts)) <= LONGEST_TEXT
        and (together.isascii() or ("\ufffd" not in together and unicodedata.is_normalized("NFC", together)))
    )
