"""Which column is which field of an account, how amounts and dates are written, and saved matchings."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from statusdesk.domain.fields import FIELDS
from statusdesk.domain.instants import DATE_FORMATS
from statusdesk.gui import formats
from statusdesk.gui.dialogs.import_parts import Box, CalmCombo, Captioned, Page, scrolling
from statusdesk.gui.dialogs.import_work import Opened
from statusdesk.gui.models.import_draft import ImportDraft
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import Hairline, ShortLabel, TextLabel
from statusdesk.gui.wording import field_name, tr
from statusdesk.services.exchange.tables import NumberedRow

MOST_COLUMNS: Final = 300
"""Columns offered for matching; more than these no table of accounts has."""

_AT_ONCE: Final = 30
"""Rows made in one go; the window stays quick while the others follow."""

_EXAMPLES: Final = 3
_USER_ROLE: Final = 0x0100
_FIELD: Final = 196
_NOTE: Final = 60


def date_name(style: str) -> str:
    """Return what people call a date format, by an example that cannot be read in two ways."""
    day, month = ("31", "12")
    names = {"%Y": "2026", "%m": month, "%d": day, "%b": tr("Dec")}
    for code, text in names.items():
        style = style.replace(code, text)
    return style


class ColumnsPage(Page):
    """Says what was chosen: a column's field ("" for none), the decimal mark, the date format, a matching."""

    field_chosen = Signal(str, str)
    decimal_chosen = Signal(object)
    date_chosen = Signal(object)
    matching_chosen = Signal(str)
    matching_saving_requested = Signal()

    def __init__(self) -> None:
        sentence = tr("Choose what each column of the file is. Only the number is required.")
        super().__init__("import_columns_page", tr("Columns"), sentence)
        self._combos: dict[str, CalmCombo] = {}
        self._notes: dict[str, TextLabel] = {}
        self._fields = self._field_model()
        self._matching = CalmCombo("import_matching", tr("Saved matching"))
        self._save = QPushButton(tr("Save matching…"))
        self._save.setObjectName("import_matching_save")
        self._decimal = CalmCombo("import_decimal", tr("Amounts are written"))
        self._date = CalmCombo("import_date_style", tr("Dates are written"))
        self._amounts = Captioned(tr("Amounts"), self._decimal, width=136)
        self._dates = Captioned(tr("Dates"), self._date, width=140)
        self._list = QWidget()
        self._rows = QGridLayout(self._list)
        self._waiting: list[tuple[int, str, list[NumberedRow]]] = []
        self._draft: ImportDraft | None = None
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._add_some)
        self._build()
        self._matching.activated.connect(lambda: self.matching_chosen.emit(self._matching.currentData() or ""))
        self._save.clicked.connect(self.matching_saving_requested)
        self._decimal.activated.connect(lambda: self.decimal_chosen.emit(self._decimal.currentData()))
        self._date.activated.connect(lambda: self.date_chosen.emit(self._date.currentData()))

    def _field_model(self) -> QStandardItemModel:
        model = QStandardItemModel(self)
        for text, name in [(tr("Not imported"), ""), *((field_name(each), each.name) for each in FIELDS)]:
            item = QStandardItem(text)
            item.setData(name, _USER_ROLE)
            model.appendRow(item)
        return model

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Captioned(tr("Saved matching"), self._matching, width=160))
        save = QVBoxLayout()
        save.addStretch(1)
        save.addWidget(self._save)
        row.addLayout(save)
        row.addStretch(1)
        row.addWidget(self._amounts)
        row.addWidget(self._dates)
        self.column.addLayout(row)
        self.column.addSpacing(16)
        self._rows.setContentsMargins(12, 0, 12, 0)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(0)
        self.column.addWidget(
            Box(scrolling(self._list, "import_columns", tr("Columns of the file and their fields"))), 1
        )

    def show_matchings(self, names: Sequence[str]) -> None:
        """Offer the saved matchings."""
        first = tr("None") if names else tr("None saved yet")
        self._matching.offer([(first, ""), *((name, name) for name in names)], "")
        self._matching.setEnabled(bool(names))

    def show_matching(self, name: str) -> None:
        """Show which saved matching is in use."""
        self._matching.choose(name)

    def show_opened(self, opened: Opened) -> None:
        """List the columns of a file with examples of what is in them."""
        self._clear()
        for place, text in enumerate((tr("Column"), tr("Examples"), tr("Field"))):
            label = TextLabel(text, Type.LABEL, "muted")
            label.setFixedHeight(30)
            self._rows.addWidget(label, 0, place)
        columns = opened.table.columns[:MOST_COLUMNS]
        self._waiting = [(place, column, opened.rows) for place, column in enumerate(columns)]
        self._add_some()
        rest = len(opened.table.columns) - MOST_COLUMNS
        end = 2 * min(len(opened.table.columns), MOST_COLUMNS) + 1
        if rest > 0:
            more = tr("{count} more columns are not shown.").format(count=formats.count(rest))
            self._rows.addWidget(TextLabel(more, tone="muted"), end, 0, 1, 4)
        self._rows.setRowStretch(end + 1, 1)
        self._rows.setColumnStretch(0, 2)
        self._rows.setColumnStretch(1, 3)
        self._rows.setColumnMinimumWidth(3, _NOTE)

    def _add_some(self) -> None:
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for place, column, rows in now:
            self._add(place, column, rows)
            if self._draft is not None:
                self._show_field(column, self._draft)
        if self._waiting:
            self._more.start()

    def _add(self, place: int, column: str, rows: Iterable[NumberedRow]) -> None:
        combo = CalmCombo(f"import_field_{place + 1}", tr("Field for the column {column}").format(column=column))
        combo.setModel(self._fields)
        combo.setFixedWidth(_FIELD)
        combo.activated.connect(partial(self._choose, column, combo))
        note = TextLabel(use=Type.LABEL, tone="muted")
        examples = dict.fromkeys(cells[place].strip() for _, cells in rows if place < len(cells))
        shown = " · ".join([text for text in examples if text][:_EXAMPLES])
        line = 2 * place + 1
        self._rows.addWidget(Hairline(), line, 0, 1, 4)
        self._rows.addWidget(ShortLabel(column, fills=True), line + 1, 0)
        self._rows.addWidget(ShortLabel(shown, tone="muted", fills=True), line + 1, 1)
        self._rows.addWidget(combo, line + 1, 2)
        self._rows.addWidget(note, line + 1, 3)
        self._rows.setRowMinimumHeight(line + 1, 40)
        self._combos[column], self._notes[column] = combo, note

    def _clear(self) -> None:
        self._waiting.clear()
        self._combos.clear()
        self._notes.clear()
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        for row in range(self._rows.rowCount()):
            self._rows.setRowStretch(row, 0)
            self._rows.setRowMinimumHeight(row, 0)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what is decided."""
        self._draft = draft
        for column in self._combos:
            self._show_field(column, draft)
        marks = [(tr("As each one is"), None), ("1,234.56", "."), ("1.234,56", ",")]
        self._decimal.offer(marks, draft.decimal)
        if draft.decimal is None:
            self._decimal.setCurrentIndex(0)
        self._amounts.set_guessed(draft.decimal_guessed and draft.decimal is not None)
        self._amounts.setVisible(draft.has_amounts)
        self._dates.setVisible(draft.has_dates)
        self._dates.set_guessed(draft.date_guessed and draft.date_style is not None)
        self._show_dates(draft)

    def _show_field(self, column: str, draft: ImportDraft) -> None:
        name = draft.field_of(column)
        self._combos[column].choose(name)
        self._notes[column].setText(tr("guessed") if name and column in draft.guessed_columns else "")

    def _show_dates(self, draft: ImportDraft) -> None:
        styles = dict.fromkeys([*draft.date_styles, *DATE_FORMATS])
        unknown = [(tr("Choose…"), None)] if draft.date_style is None else []
        self._date.offer([*unknown, *((date_name(style), style) for style in styles)], draft.date_style)
        if draft.date_style is None:
            self._date.setCurrentIndex(0)
        self._date.setProperty("invalid", draft.date_style is None)
        self._date.update()

    def _choose(self, column: str, combo: CalmCombo, _place: int) -> None:
        self.field_chosen.emit(column, combo.currentData() or "")
