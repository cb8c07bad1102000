"""Reports as files: CSV with the flat records, or a workbook with records, a real chart, and what it rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from statusdesk.services.exchange.errors import CannotWrite
from statusdesk.services.exchange.tables import reason_of
from statusdesk.services.exchange.writing import NO_GUESSING, check_ending, fill_sheet, in_place, write_records
from statusdesk.services.records_out import amount
from statusdesk.services.report_charts import chart_of
from statusdesk.services.report_drawing import Form, Part
from statusdesk.services.report_notes import notes_of
from statusdesk.services.report_requests import TITLES
from statusdesk.services.report_words import fields_of, records_of

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawing

    from statusdesk.services.report_drawing import Chart, Series
    from statusdesk.services.report_notes import Note
    from statusdesk.services.report_requests import Answer

COLOURS = {
    Part.MAIN: "#657E9A",
    Part.SECOND: "#1A5FB4",
    Part.GAIN: "#1B7A3D",
    Part.LOSS: "#B3261E",
    Part.PAUSE: "#B98900",
    Part.PLANNED: "#6B4FA0",
    Part.LIMIT: "#1B1F24",
}
"""What parts are drawn in on white: the light scheme's tones."""

CHART_SHEET = "Chart"
_KINDS: dict[Form, dict[str, str]] = {
    Form.BARS: {"type": "bar"},
    Form.COLUMNS: {"type": "column"},
    Form.STACKED: {"type": "column", "subtype": "stacked"},
    Form.AREA: {"type": "area", "subtype": "stacked"},
}


def write_report(path: Path, answer: Answer) -> int:
    """Write a report as the file's ending says; return the number of its records.

    Raises `UnknownEnding`, `CannotWrite`, `TooManyRows` and `TextTooLong`; what stood there before stays then.
    """
    records, fields = records_of(answer), fields_of(answer)
    if check_ending(path) == ".csv":
        return write_records(path, fields, records)
    with in_place(path) as part:
        _write_workbook(part, answer, fields, [[record[name] for name in fields] for record in records])
    return len(records)


def _write_workbook(path: Path, answer: Answer, fields: list[str], rows: list[list[Any]]) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path), NO_GUESSING)
    fill_sheet(book, book.add_worksheet(TITLES[answer.request.kind]), fields, iter(rows))
    chart = chart_of(answer)
    if chart is not None:
        _draw(book, answer, chart)
    _write_notes(book, answer)
    try:
        book.close()
    except FileCreateError as problem:
        raise CannotWrite(file=path.stem, reason=reason_of(problem)) from problem


def _write_notes(book: Workbook, answer: Answer) -> None:
    page = book.add_worksheet("Notes")
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    page.write_string(0, 0, TITLES[answer.request.kind], book.add_format({"bold": True}))
    sentences = [*map(said, notes_of(answer)), f"Newest seal of the journal: {answer.seal}"]
    for row, sentence in enumerate(sentences, 2):
        page.write_string(row, 0, sentence)


def said(note: Note) -> str:
    """Return the sentence in English, counts with grouped digits."""
    facts = {name: f"{fact:,}" if isinstance(fact, int | Decimal) else fact for name, fact in note.facts.items()}
    return note.sentence.format(**facts)


def _draw(book: Workbook, answer: Answer, chart: Chart) -> None:
    """Put the chart's numbers on a sheet of their own, and the chart beside them."""
    page = book.add_worksheet(CHART_SHEET)
    currency = answer.info.currency
    rows = (
        [name, *(_number(series.values[place], chart, currency) for series in chart.series)]
        for place, name in enumerate(chart.categories)
    )
    fill_sheet(book, page, ["", *(series.name for series in chart.series)], rows)
    drawing = book.add_chart(_KINDS[chart.form])
    line = book.add_chart({"type": "line"})
    for place, series in enumerate(chart.series, 1):
        (line if series.part is Part.LIMIT else drawing).add_series(_series(chart, series, place))
    if any(series.part is Part.LIMIT for series in chart.series):
        drawing.combine(line)
    _dress(drawing, answer, chart)
    page.insert_chart(1, len(chart.series) + 2, drawing)


def _number(value: int, chart: Chart, currency: str) -> Decimal | int:
    return amount(value, currency) if chart.money else value


def _colour(series: Series) -> str:
    if series.look is not None:
        return series.look[1]
    return series.status.colour if series.status else COLOURS[series.part]


def _series(chart: Chart, series: Series, column: int) -> dict[str, Any]:
    last = len(chart.categories)
    colour = _colour(series)
    dress: dict[str, Any] = {"line" if series.part is Part.LIMIT else "fill": {"color": colour}}
    if chart.form is Form.BARS:
        dress["points"] = [{"fill": {"color": status.colour}} if status else None for status in chart.statuses]
        dress["data_labels"] = {"value": True}
    return {
        "name": [CHART_SHEET, 0, column],
        "categories": [CHART_SHEET, 1, 0, last, 0],
        "values": [CHART_SHEET, 1, column, last, column],
        "gap": 60,
        **dress,
    }


def _dress(drawing: Drawing, answer: Answer, chart: Chart) -> None:
    measure = f"{chart.measure} ({answer.info.currency})" if chart.money else chart.measure
    drawing.set_title({"name": TITLES[answer.request.kind], "name_font": {"size": 13}})
    drawing.set_size(
        {"width": 900, "height": max(420, 28 * len(chart.categories) + 120) if chart.form is Form.BARS else 420}
    )
    lying = chart.form is Form.BARS
    numbers = {"name": measure, "major_gridlines": {"visible": True, "line": {"color": "#E2E5E9"}}}
    names: dict[str, Any] = {"label_position": "low"}
    drawing.set_x_axis(names | ({"reverse": True} if lying else {}))
    drawing.set_y_axis(numbers)
    if len(chart.series) == 1 and chart.series[0].status is None and not chart.parts:
        drawing.set_legend({"none": True})
    else:
        drawing.set_legend({"position": "bottom"})
