"""A window on a shared database: opened by a dialog, it follows other desktops and knows what its login may do."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.places import Server
from statusdesk.domain.targets import Target, TargetKind
from statusdesk.gui.dialogs.open_shared import OpenShared
from statusdesk.gui.main import open_session
from statusdesk.gui.main_window import MainWindow
from statusdesk.gui.panes.accounts_table import AccountsTable
from statusdesk.gui.panes.name_field import NameField
from statusdesk.gui.widgets.side_list import SideList
from statusdesk.gui.widgets.texts import LinkButton
from statusdesk.services import sharing
from statusdesk.services.desk import Desk
from statusdesk.services.network import put_target
from statusdesk.services.opening import author_at, open_store
from tests.gui.conftest import Answers
from tests.gui.files_support import SOON, click, text_of, the
from tests.links import Link, Trap
from tests.servers import ThrowAwayServer

pytestmark = pytest.mark.slow
PAGES = (
    ("page_work", "work_empty_sentence"),
    ("page_distribution", "distribution_empty_sentence"),
    ("page_reports", "report_empty"),
    ("page_network", "network_empty_sentence"),
    ("page_history", "history_empty"),
)
Opens = Callable[[Server], MainWindow]


@pytest.fixture
def shared(postgres: ThrowAwayServer) -> Iterator[Server]:
    """A database with some accounts, owned by "owner"."""
    name = postgres.empty()
    server = postgres.server(name)
    sharing.migrate(server, currency="EUR", time_zone="Europe/Berlin")
    store = open_store(server)
    rows = ((line, (f"{line:03}", f"Zoë {line}", 1 + line % 3, 990)) for line in range(40))
    desk = Desk(store, author=author_at(store))
    desk.import_accounts(("number", "name", "status", "monthly_charge"), rows, file="accounts.csv")
    store.close()
    yield server
    postgres.sql("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def opens(dressed: object, qtbot: QtBot, answers: Answers) -> Iterator[Opens]:
    windows: list[MainWindow] = []

    def show(server: Server) -> MainWindow:
        window = MainWindow(open_session(server), answers, remembers=False)
        windows.append(window)
        window.show()
        qtbot.waitUntil(lambda: window.settled, timeout=SOON)
        return window

    yield show
    for window in MainWindow.opened.intersection(windows):
        window.close()


def test_another_desktop_is_followed_and_a_server_that_stops_is_told_until_it_answers(
    qtbot: QtBot, opens: Opens, shared: Server, postgres: ThrowAwayServer, answers: Answers
) -> None:
    window = opens(shared)
    table = the(window, AccountsTable, "accounts_table")
    table.scrollToBottom()
    QApplication.processEvents()
    top = table.accounts.ids[table.rowAt(0)]
    assert table.rowAt(0) > 2
    table.pick(table.rowAt(0) + 3)
    before = window.accounts.selection()
    other = open_store(shared)
    desk = Desk(other, author=author_at(other))
    desk.create_account({"number": "0000", "status_id": 1})
    desk.reassign(Matching(frozenset({1})), 2)
    qtbot.waitUntil(lambda: window.session.totals.billed == 28 and window.settled, timeout=SOON)
    assert table.accounts.ids[table.rowAt(0)] == top
    assert window.accounts.selection() == before
    assert window.accounts.selection() == AccountIds((table.current_account() or 0,))
    other.close()
    postgres.stop("fast")
    try:
        qtbot.waitUntil(lambda: "does not answer" in window.notice.text, timeout=SOON)
        window.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
        qtbot.waitUntil(lambda: "cannot be reached" in window.messages.text, timeout=SOON)
        assert answers.told == []
    finally:
        postgres.start()
    qtbot.waitUntil(lambda: window.notice.text == "", timeout=SOON)
    window.session.perform(lambda desk, _: desk.undo())
    qtbot.waitUntil(lambda: window.session.totals.billed == 13, timeout=SOON)


def test_every_page_says_that_the_server_is_lost_and_goes_on_by_itself(
    qtbot: QtBot, opens: Opens, shared: Server, postgres: ThrowAwayServer
) -> None:
    window = opens(shared)
    the(window, QTableView, "accounts_table").selectRow(1)
    postgres.stop("fast")
    try:
        qtbot.waitUntil(lambda: "does not answer" in window.notice.text, timeout=SOON)
        the(window, QLineEdit, "accounts_search").setFocus()
        QTest.keyClicks(the(window, QLineEdit, "accounts_search"), "007")
        qtbot.waitUntil(lambda: text_of(window, "accounts_count") == "Waits for the server", timeout=SOON)
        for page, empty in PAGES:
            click(qtbot, window, page)
            qtbot.waitUntil(partial(_says, window, empty, "The server does not answer"), timeout=SOON)
        for deed in ("office_settings", "manage_lists", "new_account"):
            window.messages.dismiss()
            window.actions_by_name[deed].trigger()
            assert "try again" in window.messages.text.lower()
        assert window.findChildren(QDialog) == []
    finally:
        postgres.start()
    click(qtbot, window, "notice_again")
    qtbot.waitUntil(lambda: window.notice.text == "" and window.settled, timeout=SOON)
    postgres.stop("fast")
    try:
        qtbot.waitUntil(lambda: "does not answer" in window.notice.text, timeout=SOON)
    finally:
        postgres.start()
    qtbot.waitUntil(lambda: window.notice.text == "" and window.settled, timeout=SOON)
    assert text_of(window, "accounts_count") == "1 account"
    assert the(window, QTableView, "history_table").model().rowCount() > 0
    for page, empty in PAGES:
        click(qtbot, window, page)
        qtbot.waitUntil(partial(_says_no_longer, window, empty, "The server does not answer"), timeout=SOON)


@pytest.fixture
def link(postgres: ThrowAwayServer) -> Iterator[Link]:
    made = Link(postgres.folder)
    yield made
    made.close()


def test_a_link_that_falls_silent_holds_the_window_up_for_moments_and_once(
    qtbot: QtBot, opens: Opens, shared: Server, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statusdesk.store.server_waiting.PATIENCE", 1.0)
    window = opens(Server(f"postgresql://owner@127.0.0.1:{link.port}/{shared.name}"))
    table = the(window, QTableView, "accounts_table")
    link.cut("silent", stay=True)
    times = []
    for row in range(1, 4):
        began = time.monotonic()
        table.selectRow(row)
        QApplication.processEvents()
        times.append(time.monotonic() - began)
    assert max(times) < 5
    assert sorted(times)[1] < 0.5
    assert "does not answer" in window.notice.text
    window.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
    link.mend()
    qtbot.waitUntil(lambda: window.notice.text == "", timeout=2 * SOON)
    qtbot.waitUntil(lambda: window.messages.text.startswith("Moved"), timeout=2 * SOON)
    assert window.session.totals.billed == 0
    began = time.monotonic()
    link.cut("silent", stay=True)
    qtbot.waitUntil(lambda: "does not answer" in window.notice.text, timeout=SOON)
    window.close()
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("answer", [True, False])
def test_a_change_that_nobody_knows_about_is_looked_up_once_the_server_answers(
    qtbot: QtBot, opens: Opens, shared: Server, link: Link, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    monkeypatch.setattr("statusdesk.store.postgres._PATIENCE", (0.0,))
    window = opens(Server(f"postgresql://owner@127.0.0.1:{link.port}/{shared.name}"))
    link.trap = Trap(b"COMMIT", "loud", answer=answer, stay=True)
    window.session.perform(lambda desk, _: desk.reassign(Matching(), 3))
    qtbot.waitUntil(lambda: "Look at the history" in window.messages.text, timeout=SOON)
    link.mend()
    said = "broke was made." if answer else "broke was not made."
    qtbot.waitUntil(lambda: said in window.messages.text, timeout=SOON)
    qtbot.waitUntil(lambda: window.session.totals.billed == (0 if answer else 13), timeout=SOON)


def _says(window: MainWindow, name: str, said: str) -> bool:
    label = the(window, QLabel, name)
    return label.isVisible() and said in label.text()


def _says_no_longer(window: MainWindow, name: str, said: str) -> bool:
    return window.settled and not _says(window, name, said)


def test_the_dialog_opens_what_is_there_and_tells_what_is_wrong(
    qtbot: QtBot, opens: Opens, shared: Server, postgres: ThrowAwayServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opens(shared)
    shown: list[object] = []
    monkeypatch.setattr(window.flows.files, "_open_database", shown.append)
    window.actions_by_name["open_shared"].trigger()
    dialog = window.findChild(OpenShared)
    assert dialog is not None
    address, accept = the(dialog, QLineEdit, "open_shared_address"), the(dialog, QPushButton, "open_shared_accept")
    for typed, said in (
        (postgres.server("nowhere").url, "no database “nowhere”"),
        (f"postgresql://owner@/x?host={postgres.folder}/no", "cannot be reached"),
    ):
        address.setText(typed)
        click(qtbot, dialog, "open_shared_accept")
        qtbot.waitUntil(partial(_is_told, the(dialog, QLabel, "dialog_note"), said), timeout=SOON)
    address.setText("office.statusdesk")
    assert not accept.isEnabled()
    address.setText(shared.url)
    the(dialog, QLineEdit, "open_shared_password").setText("s3cret")
    click(qtbot, dialog, "open_shared_accept")
    qtbot.waitUntil(lambda: shown == [Server(shared.url, "s3cret")], timeout=SOON)


def test_support_moves_accounts_and_shapes_nothing(
    qtbot: QtBot, opens: Opens, shared: Server, postgres: ThrowAwayServer
) -> None:
    postgres.sql("postgres", "DROP ROLE IF EXISTS sue; CREATE ROLE sue LOGIN")
    sharing.grant(shared, "support", "sue")
    window = opens(Server(shared.url.replace("owner@", "sue@")))
    the(window, AccountsTable, "accounts_table").pick(1)
    for name in ("import_accounts", "new_account", "office_settings", "hand_over_billing"):
        assert not window.actions_by_name[name].isEnabled()
        assert "ask the owner" in window.actions_by_name[name].toolTip()
    assert not the(window, QPushButton, "new_status").isEnabled()
    _cannot(window, "details_edit", "details_disconnect", "new_status")
    assert not window.accounts.actions_by_name["mark_unpaid"].isEnabled()
    assert the(window, QPushButton, "details_vacation").isEnabled()
    assert window.accounts.actions_by_name["vacation"].isEnabled()
    window.accounts.edit_requested.emit(1)
    assert "role office" in window.messages.text
    assert window.findChildren(QDialog) == []
    window.statuses.rename(3)
    assert window.statuses.findChild(NameField) is None
    click(qtbot, window, "page_work")
    the(window, SideList, "work_lists").setCurrentRow(2)
    qtbot.waitUntil(lambda: window.settled, timeout=SOON)
    _cannot(window, "work_done", "work_failed")
    click(qtbot, window, "page_history")
    the(window, QTableView, "history_table").selectRow(0)
    _cannot(window, "history_undo")
    window.session.perform(lambda desk, _: desk.reassign(Matching(frozenset({1})), 2))
    qtbot.waitUntil(lambda: window.session.totals.billed == 27, timeout=SOON)
    the(window, QTableView, "history_table").selectRow(0)
    assert the(window, QPushButton, "history_undo").isEnabled()
    assert window.session.next_undo is not None
    assert window.session.next_undo.author == "sue"
    owner = open_store(shared)
    target = Target(0, "routers", TargetKind.ROUTER, "/nowhere/levels.rsc", automatic=True)
    put_target(Desk(owner, author=author_at(owner)), target)
    owner.close()
    qtbot.waitUntil(lambda: window.flows.unpublished is not None, timeout=SOON)
    window.session.perform(lambda desk, _: desk.reassign(Matching(frozenset({3})), 2))
    qtbot.waitUntil(lambda: window.session.totals.billed == 40, timeout=SOON)
    qtbot.waitUntil(
        lambda: window.flows.unpublished is not None and window.flows.unpublished.settled, timeout=SOON
    )
    assert window.messages.text.startswith("Moved")
    window.session.perform(lambda desk, _: desk.retire_status(3))
    window.session.perform(lambda desk, _: desk.edit_account(1, {"name": "Ada"}))
    qtbot.waitUntil(lambda: "may not do this" in window.messages.text, timeout=SOON)


def _cannot(window: MainWindow, *names: str) -> None:
    """Hold that buttons are off and say whom to ask."""
    for name in names:
        button = the(window, QPushButton, name)
        assert not button.isEnabled(), name
        assert "ask the owner" in button.toolTip(), name


def _is_told(note: QLabel, said: str) -> bool:
    return said in note.text()


def test_who_may_only_look_is_told_so(opens: Opens, shared: Server, postgres: ThrowAwayServer) -> None:
    postgres.sql("postgres", "DROP ROLE IF EXISTS meg; CREATE ROLE meg LOGIN")
    sharing.grant(shared, "manager", "meg")
    window = opens(Server(shared.url.replace("owner@", "meg@")))
    assert "Your login meg is for looking" in window.notice.text
    assert not window.actions_by_name["import_accounts"].isEnabled()
    assert not window.actions_by_name["backup_database"].isEnabled()
    assert window.session.author == "meg"
    the(window, AccountsTable, "accounts_table").pick(1)
    assert window.findChildren(LinkButton, "timeline_undo") == []
    _cannot(window, "details_set_status", "details_vacation", "set_status_apply", "new_status")
    assert not window.accounts.actions_by_name["set_status_with_reason"].isEnabled()
    window.statuses.accounts_dropped.emit(3)
    assert "Your login meg is for looking" in window.messages.text
