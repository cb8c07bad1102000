"""What a report shows, on the screen and on paper: figures, a chart, a table, and the sentences on its basis."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QDate

from statusdesk.domain.scopes import ALL, Dimension
from statusdesk.gui import formats
from statusdesk.gui.charts.bars import Bars
from statusdesk.gui.charts.columns import Columns
from statusdesk.gui.charts.layers import Area
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.wording import tr
from statusdesk.services.report_notes import Note, notes_of
from statusdesk.services.report_requests import Answer, Request
from statusdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Behind:
    """The accounts behind a figure: how they are called, and how to find their ids, off the painting thread."""

    title: str
    ids: Callable[[Store], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number with its label, and a muted addition below it."""

    label: str
    value: str
    more: str = ""
    behind: Behind | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A whole report; rows that are `ordered` mean something in their own order only."""

    request: Request
    title: str
    notes: tuple[str, ...]
    table: TableRows
    figures: tuple[Figure, ...] = ()
    chart: Bars | Columns | Area | None = None
    ordered: bool = False
    seal: str = ""


def sentences(answer: Answer) -> tuple[str, ...]:
    """Return the sentences on a report in the person's language, the filter first."""
    filtered = _filter(answer.request)
    notes = tuple(said(note) for note in notes_of(answer))
    return (filtered, *notes) if filtered else notes


def said(note: Note) -> str:
    """Return a sentence in the person's language, its facts as their country writes them."""
    return tr(note.sentence).format(**{name: _written(fact) for name, fact in note.facts.items()})


def _written(fact: str | int | Decimal | None) -> str:
    if isinstance(fact, int):
        return formats.count(fact)
    if isinstance(fact, Decimal):
        return str(fact).replace(".", formats.locale().decimalPoint())
    return "" if fact is None else place_name(fact, full=True)


def _filter(request: Request) -> str:
    if request.scope == ALL:
        return ""
    parts = [
        f"{tr(dimension.label)}: {', '.join(value_name(value) for value in sorted(values))}"
        for dimension, values in request.scope.limits()
    ]
    return tr("Only accounts with {what}.").format(what="; ".join(parts))


def value_name(value: str) -> str:
    """Return the name of a value by which reports are filtered and split."""
    return value or tr("(none)")


def dimension_name(dimension: Dimension) -> str:
    """Return the name of a field by which reports are filtered and split."""
    return tr(dimension.label)


def place_name(text: str, *, full: bool = False) -> str:
    """Write a category: “Nov 2026” for a month, “24 Nov” for a day (with the year if `full`), else a word."""
    special = {"overdue": tr("Overdue"), "undated": tr("No date")}
    if text in special:
        return special[text]
    if len(text) == 7 and text[4] == "-":
        return formats.locale().toString(QDate.fromString(f"{text}-01", "yyyy-MM-dd"), "MMM yyyy")
    day = QDate.fromString(text, "yyyy-MM-dd")
    if not day.isValid():
        return tr(text)
    return formats.date(text) if full else formats.locale().toString(day, "d MMM")
