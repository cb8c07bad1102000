"""Taking a view away: on paper after a look at the pages, into a file of four kinds, or over the clipboard."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QObject, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolBar, QWidget

from statusdesk.domain.errors import StatusDeskError
from statusdesk.gui.charts.table_model import TableRows, as_tsv
from statusdesk.gui.flows.weighing import Weighing
from statusdesk.gui.printing import Takeaway, page_layout, paint_pages, write_pdf, write_png
from statusdesk.gui.widgets.take_away import COPY, CSV, PDF, PNG, PRINT, XLSX
from statusdesk.gui.wording import tr
from statusdesk.services.report_files import write_report
from statusdesk.services.report_requests import answer

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_KINDS = {
    PDF: "PDF document (*.pdf)",
    PNG: "Picture (*.png)",
    CSV: "Comma-separated table (*.csv)",
    XLSX: "Excel workbook (*.xlsx)",
}


class TakingAway(QObject):
    """Prints, saves and copies views of one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session
        self._printer: QPrinter | None = None

    def take(self, deed: str, takeaway: Takeaway) -> None:
        """Do with a view what was asked for: one of the deeds of `TakeAwayBar`."""
        if deed == PRINT:
            self.preview(takeaway)
        elif deed == COPY:
            copy_table(takeaway.table)
            self._weighing.say(tr("Copied the table “{title}”").format(title=takeaway.title))
        else:
            self._choose_place(deed, takeaway)

    def preview(self, takeaway: Takeaway) -> None:
        """Show the pages as they will be; people print from there."""
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        layout = page_layout(takeaway)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(takeaway.title)
        printer.setPageLayout(layout)
        printer.setFullPage(True)
        self._printer = printer  # the dialog paints on it as long as it is open, but does not keep it
        dialog = QPrintPreviewDialog(printer, self._weighing.window)
        dialog.setObjectName("print_preview")
        dialog.setWindowTitle(tr("Print “{title}”").format(title=takeaway.title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _name_parts(dialog)
        dialog.paintRequested.connect(partial(_print, takeaway))
        dialog.resize(1000, 760)
        dialog.open()

    def _choose_place(self, ending: str, takeaway: Takeaway) -> None:
        suggested = f"{takeaway.title} {QDate.currentDate().toString('yyyy-MM-dd')}.{ending}"
        self._weighing.prompts.save_file(
            self._weighing.window,
            tr("Save “{title}”").format(title=takeaway.title),
            tr(_KINDS[ending]),
            suggested,
            partial(self._save, ending, takeaway),
        )

    def _save(self, ending: str, takeaway: Takeaway, path: Path) -> None:
        path = path if path.suffix else path.with_suffix(f".{ending}")
        if ending in (CSV, XLSX):
            self._session.ask(
                lambda desk, _progress: write_report(path, answer(desk.store, takeaway.request)),
                lambda _count: self._tell(takeaway, path),
                failed=self._weighing.refuse,
            )
            return
        try:
            (write_pdf if ending == PDF else write_png)(path, takeaway)
        except StatusDeskError as problem:
            self._weighing.refuse(problem)
        else:
            self._tell(takeaway, path)

    def _tell(self, takeaway: Takeaway, path: Path) -> None:
        said = tr("Saved “{title}”").format(title=takeaway.title)
        self._weighing.say(said, tr("to {file}").format(file=path.name))


def _name_parts(dialog: QWidget) -> None:
    """Name what Qt leaves without a name, for screen readers."""
    for bar in dialog.findChildren(QToolBar):
        bar.setAccessibleName(tr("Pages"))
    for combo in dialog.findChildren(QComboBox):
        combo.setAccessibleName(tr("Zoom"))
    for field in dialog.findChildren(QLineEdit):
        zoom = isinstance(field.parent(), QComboBox)
        field.setAccessibleName(tr("Zoom") if zoom else tr("Page"))


def _print(takeaway: Takeaway, printer: "QPrinter") -> None:
    """Paint the pages on the paper that people chose."""
    with QPainter(printer) as painter:
        paint_pages(painter, takeaway, printer.pageLayout(), printer.newPage, printer.resolution())


def copy_table(table: TableRows) -> None:
    """Put a table on the clipboard, as a spreadsheet takes it."""
    rows = [[cell.plain for cell in row] for row in table.rows]
    QGuiApplication.clipboard().setText(as_tsv([column.title for column in table.columns], rows))
