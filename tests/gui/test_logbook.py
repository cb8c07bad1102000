"""The log helps to find an error and tells nobody's data; it is small, and only its owner reads it."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import Matching
from statusdesk.gui import reports
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.session import Session
from statusdesk.services import logbook
from statusdesk.services.desk import Desk
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a log that has begun."""
    monkeypatch.setattr(logbook, "folder", lambda: tmp_path / "state" / "statusdesk")
    started = logbook.start()
    assert started is not None
    yield started
    logbook.stop()


def test_what_was_done_is_told_and_to_whom_is_not(qtbot: QtBot, session: Session, log: Path) -> None:
    def crash(desk: Desk, _progress: object) -> object:
        raise ValueError(next(iter(desk.store.accounts.each(Matching()))).name)

    session.crashed.connect(reports.record)
    session.failed.connect(lambda _: None)
    for verb in (
        lambda desk, _: desk.reassign(Matching(search="marta"), 1, reason="Marta asked"),
        lambda desk, _: desk.create_account({"number": "00417", "status_id": 2, "name": "Marta Lindqvist"}),
        crash,
    ):
        session.perform(verb)
        qtbot.waitUntil(lambda: session.jobs.idle, timeout=SOON)
    text = log.read_text("utf-8")
    assert "changed kind=reassign change_set=" in text
    assert "accounts=1" in text
    assert "refused error=NumberTaken" in text
    assert "ERROR ValueError" in text
    for private in ("Marta", "Lindqvist", "00417", str(Path(session.info.path).parent), str(Path.home())):
        assert private not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.slow
def test_it_stays_small(log: Path) -> None:
    for number in range(40_000):
        logbook.note("changed", kind="reassign", change_set=number, accounts=1)
    files = list(log.parent.iterdir())
    assert len(files) == 1 + logbook.OLDER_KEPT
    assert all(file.stat().st_size <= logbook.MOST_BYTES for file in files)


def test_help_leads_to_it(qtbot: QtBot, session: Session, answers: Answers, log: Path) -> None:
    window = MainWindow(session, answers, remembers=False)
    window.actions_by_name["show_log"].trigger()
    assert answers.told == [str(log.parent)]
    window.close()


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(logbook, "folder", lambda: tmp_path / "file")
    assert logbook.start() is None
    logbook.note("opened")
