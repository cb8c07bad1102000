"""How the file is read: encoding, delimiter, header or sheet, and its first rows, which follow at once."""

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView

from statusdesk.gui.dialogs.import_parts import Box, CalmCombo, Captioned, Page, WarningBox, plain_table
from statusdesk.gui.dialogs.import_work import Opened
from statusdesk.gui.models.import_rows import PreviewModel
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr
from statusdesk.services.exchange.reading import DELIMITERS, ENCODINGS
from statusdesk.services.exchange.tables import FileKind, TableOptions

_WIDEST: Final = 220
_NARROWEST: Final = 56
_SHOWN: Final = 120


def encoding_name(encoding: str) -> str:
    """Return what people call an encoding."""
    names = {
        "utf-8": tr("Unicode (UTF-8)"),
        "windows-1252": tr("Western (Windows-1252)"),
        "iso-8859-1": tr("Western (Latin-1)"),
        "iso-8859-15": tr("Western (Latin-9)"),
        "windows-1250": tr("Central European (Windows-1250)"),
        "iso-8859-2": tr("Central European (Latin-2)"),
        "windows-1251": tr("Cyrillic (Windows-1251)"),
        "windows-1253": tr("Greek (Windows-1253)"),
        "windows-1254": tr("Turkish (Windows-1254)"),
        "windows-1255": tr("Hebrew (Windows-1255)"),
        "windows-1256": tr("Arabic (Windows-1256)"),
        "windows-1257": tr("Baltic (Windows-1257)"),
        "cp437": tr("DOS, American (437)"),
        "cp850": tr("DOS, Western (850)"),
        "mac-roman": tr("Macintosh, Western"),
        "shift_jis": tr("Japanese (Shift-JIS)"),
        "gb18030": tr("Chinese (GB 18030)"),
        "big5": tr("Chinese (Big5)"),
        "euc-kr": tr("Korean (EUC-KR)"),
        "utf-16": tr("Unicode (UTF-16)"),
        "utf-16-le": tr("Unicode (UTF-16, little endian)"),
        "utf-16-be": tr("Unicode (UTF-16, big endian)"),
    }
    return names.get(encoding, encoding)


def short_encoding_name(encoding: str) -> str:
    """Return the technical part of an encoding's name only, for narrow places."""
    name = encoding_name(encoding)
    found = re.search(r"\((.+)\)", name)
    return found[1] if found else name


def delimiter_name(delimiter: str) -> str:
    """Return what people call a delimiter."""
    names = {",": tr("Comma"), ";": tr("Semicolon"), "\t": tr("Tab"), "|": tr("Bar")}
    return names.get(delimiter, delimiter)


class FilePage(Page):
    """Says `options_chosen(TableOptions)` when somebody changes how the file is read."""

    options_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("import_file_page", tr("File"), tr("Check that the first rows look right."))
        self._options = TableOptions()
        self._encoding = CalmCombo("import_encoding", tr("Encoding"))
        self._delimiter = CalmCombo("import_delimiter", tr("Cells are separated by"))
        self._sheet = CalmCombo("import_sheet", tr("Sheet"))
        self._header = QCheckBox(tr("The first row names the columns"))
        self._header.setObjectName("import_header")
        self._fields = (
            Captioned(tr("Encoding"), self._encoding, width=252),
            Captioned(tr("Separated by"), self._delimiter, width=160),
            Captioned(tr("Sheet"), self._sheet, width=252),
        )
        self._warning = WarningBox("import_file_warning")
        self._model = PreviewModel(self)
        self._table = plain_table("import_preview", tr("First rows of the file"))
        self._table.setModel(self._model)
        self._build()
        self._encoding.activated.connect(self._choose)
        self._delimiter.activated.connect(self._choose)
        self._header.clicked.connect(self._choose)
        self._sheet.activated.connect(self._choose_sheet)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for each in self._fields:
            row.addWidget(each)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addSpacing(12)
        self.column.addWidget(self._header)
        self.column.addSpacing(4)
        self.column.addWidget(self._warning)
        caption = TextLabel(tr("First rows, as they are read"), Type.HEADING)
        caption.setContentsMargins(0, 12, 0, 6)
        caption.setBuddy(self._table)
        self.column.addWidget(caption)
        self.column.addWidget(Box(self._table), 1)

    def show_opened(self, opened: Opened) -> None:
        """Show a file as it was read."""
        options, guess = opened.table.options, opened.guess
        self._options = options
        text = guess.kind is FileKind.CSV
        for each, shown in zip(self._fields, (text, text, not text), strict=True):
            each.setVisible(shown)
        encodings = dict.fromkeys([*ENCODINGS, options.encoding])
        delimiters = dict.fromkeys([*DELIMITERS, options.delimiter])
        self._encoding.offer([(encoding_name(each), each) for each in encodings], options.encoding)
        self._delimiter.offer([(delimiter_name(each), each) for each in delimiters], options.delimiter)
        self._sheet.offer([(each, each) for each in guess.sheets], options.sheet)
        self._header.setChecked(bool(options.header))
        self._fields[0].set_guessed(guess.doubt is not None and options.encoding == guess.options.encoding)
        self._fields[1].set_guessed(options.delimiter == guess.options.delimiter)
        self._model.show_rows(opened.table.columns, opened.rows)
        self._size_columns()
        self._point_out(opened)

    def _point_out(self, opened: Opened) -> None:
        doubt = opened.guess.doubt
        if doubt is None or opened.table.options.encoding != opened.guess.options.encoding:
            self._warning.warn("")
            return
        shown = opened.doubtful if len(opened.doubtful) <= _SHOWN else opened.doubtful[:_SHOWN] + "…"
        fact = tr("The encoding is a guess: line {line} is not UTF-8.").format(line=doubt.facts["line"])
        ask = tr("It now reads: {text}")
        self._warning.warn(
            fact, f"{ask.format(text=shown)}\n{tr('Choose another encoding if letters are wrong.')}"
        )

    def show_trouble(self, sentence: str) -> None:
        """Say why the file cannot be read that way."""
        self._model.show_rows((), ())
        self._warning.warn(tr("The file cannot be read this way."), sentence)

    def _size_columns(self) -> None:
        self._table.resizeColumnsToContents()
        head = self._table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place in range(self._model.columnCount()):
            width = min(max(self._table.columnWidth(place) + 12, _NARROWEST), _WIDEST)
            self._table.setColumnWidth(place, width)

    def _choose_sheet(self) -> None:
        self.options_chosen.emit(TableOptions(sheet=self._sheet.currentData()))

    def _choose(self) -> None:
        self.options_chosen.emit(
            TableOptions(
                self._encoding.currentData() or self._options.encoding,
                self._delimiter.currentData() or self._options.delimiter,
                self._header.isChecked(),
                self._sheet.currentData() or "",
            )
        )
