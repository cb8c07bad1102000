"""What can be sent when something went wrong, and what must not be in it; and what the program says of itself."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qWarning
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from statusdesk.domain.errors import NumberTaken
from statusdesk.gui import reports
from statusdesk.gui.dialogs.about import AboutDialog
from statusdesk.gui.dialogs.problem_report import ProblemReport
from statusdesk.gui.reports import KEPT, Reports
from statusdesk.gui.session import Session
from tests.gui.office import LEFT


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Reports:
    found = Reports()
    monkeypatch.setattr(reports, "REPORTS", found)
    return found


def caught(error: Exception) -> Exception:
    try:
        raise error
    except Exception as found:
        return found


def test_a_report_holds_kinds_and_places_but_no_account(qtbot: QtBot, session: Session) -> None:
    names = [a.name for a in session.reader.accounts.page(range(1, 20))]
    for error in (
        KeyError(names[0]), ValueError(f"invalid literal: '{names[1]}'"), NumberTaken(number="00417"),
        RuntimeError(f"no row for {names[2]}"),
    ):  # fmt: skip
        reports.record(caught(error))
    reports.record(caught(AttributeError("'NoneType' object has no attribute 'title'")))
    dialog = ProblemReport()
    qtbot.addWidget(dialog)
    dialog.open()
    text = dialog.findChild(QPlainTextEdit, "report_text")
    copy = dialog.findChild(QAbstractButton, "report_copy")
    assert isinstance(text, QPlainTextEdit)
    assert isinstance(copy, QAbstractButton)
    QTest.mouseClick(copy, LEFT)
    report = QGuiApplication.clipboard().text()
    assert report == text.toPlainText()
    assert "KeyError" in report
    assert "test_reports.py" in report
    assert "has no attribute 'title'" in report
    assert not [name for name in [*names, "00417", str(Path.home())] if name in report]


def test_an_error_that_comes_again_is_counted_and_the_oldest_goes(fresh: Reports) -> None:
    for _ in range(47):
        fresh.record(caught(KeyError("x")))
    assert len(fresh.errors()) == 1
    assert "(47 times)" in fresh.errors()[0]
    for number in range(KEPT):
        fresh.record(caught(AttributeError(f"no {number}")))
    assert len(fresh.errors()) == KEPT
    assert not [error for error in fresh.errors() if "KeyError" in error]


def test_what_nobody_caught_and_what_qt_warns_of_is_heard(
    fresh: Reports, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sys.excepthook
    fresh.install()
    try:
        error = caught(ZeroDivisionError("Marta"))
        for _ in range(3):
            sys.excepthook(type(error), error, error.__traceback__)
        qWarning('QObject: cannot find "Marta Lindqvist"')
    finally:
        fresh.remove()
    assert sys.excepthook is before
    said = "\n".join(fresh.errors())
    assert "ZeroDivisionError" in said
    assert "(3 times)" in said
    assert "QObject: cannot find “…”" in said
    assert "Marta" not in said
    assert capsys.readouterr().err.count("Traceback") == 1


def test_chatter_of_qt_is_not_a_problem(fresh: Reports) -> None:
    fresh.hear_qt(QtMsgType.QtDebugMsg, QMessageLogContext(), "hello")
    assert fresh.errors() == []


def test_about_names_versions_licences_and_the_database(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path(session.info.path).parent)
    dialog = AboutDialog(session.info)
    qtbot.addWidget(dialog)
    dialog.open()
    shown = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for part in ("StatusDesk", "Python", "Qt", "SQLite", "LGPL-3.0", "MIT", "~/office.statusdesk"):
        assert part in shown
    copy = dialog.findChild(QAbstractButton, "about_copy")
    assert isinstance(copy, QAbstractButton)
    QTest.mouseClick(copy, LEFT)
    assert "SQLite" in QGuiApplication.clipboard().text()
    for button in dialog.findChildren(QAbstractButton):
        interface = QAccessible.queryAccessibleInterface(button)
        assert interface.text(QAccessible.Text.Name), button.objectName()


def test_what_a_person_can_act_on_is_told_and_is_no_fault_of_the_program(fresh: Reports) -> None:
    told: list[Exception] = []
    fresh.install(told.append)
    try:
        error = caught(NumberTaken(number="00417"))
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        fresh.remove()
    assert told == [error]
    assert fresh.errors() == []
