"""Reports taken away: copied, saved as files, and printed after they were looked at."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import (
    QLabel,
)
from python_calamine import CalamineWorkbook

from tests.gui.reports_support import Manager, manager

__all__ = ["manager"]


def test_a_report_is_taken_away_in_every_form(manager: Manager, tmp_path: Path) -> None:
    manager.choose("Movement")
    for kind in ("pdf", "png", "xlsx", "csv"):
        manager.answers.file = tmp_path / f"movement.{kind}"
        manager.take(kind)
        assert manager.answers.file.is_file(), kind
    pdf = (tmp_path / "movement.pdf").read_bytes()
    assert pdf.count(b"/Type /Page\n") >= 1
    assert b"/ToUnicode" in pdf, "its texts can be searched and copied"
    picture = QImage(str(tmp_path / "movement.png"))
    assert picture.width() > 1_200
    assert {picture.pixelColor(x, y).name() for x in range(0, 1_500, 7) for y in range(0, 900, 7)} >= {"#00855f"}
    head, *rows = CalamineWorkbook.from_path(str(tmp_path / "movement.xlsx")).get_sheet_by_index(0).to_python()
    assert dict(zip(head, rows[-1], strict=True))["activated"] == 5
    manager.click("report_take_copy")
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[1].startswith("Active before\t0\t")


def test_a_file_that_cannot_be_written_is_told(manager: Manager, tmp_path: Path) -> None:
    for kind in ("pdf", "png", "csv"):
        manager.answers.file = tmp_path / "nowhere" / f"report.{kind}"
        manager.take(kind)
    shown = [label.text() for label in manager.window.findChildren(QLabel) if label.isVisible()]
    assert any("report.csv" in text for text in [*shown, *manager.answers.told])


def test_pages_are_shown_before_they_are_printed(manager: Manager) -> None:
    manager.choose("Monthly peak")
    manager.click("report_take_print")
    dialog: QPrintPreviewDialog = manager.find(QPrintPreviewDialog, "print_preview")
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Print “Monthly peak”"
    dialog.close()
    manager.settle()
    assert manager.window.findChild(QPrintPreviewDialog) is None
