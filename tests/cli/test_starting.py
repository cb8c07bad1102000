"""What the program's first words decide: window, picture or command, help, wrong usage, and mistakes of ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from statusdesk import __version__
from statusdesk.__main__ import main
from statusdesk.cli import listing
from statusdesk.gui import preflight
from statusdesk.services.opening import default_database
from tests.cli.conftest import Terminal


def _run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "statusdesk", *words]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_the_version_is_told(statusdesk: Terminal) -> None:
    assert statusdesk.type("--version") == f"StatusDesk {__version__}\n"


def test_help_names_every_command(statusdesk: Terminal) -> None:
    out = statusdesk.type("--help")
    for command in preflight.COMMANDS:
        assert f"\n    {command} " in out


@pytest.mark.parametrize("command", [*preflight.COMMANDS, "status add", "status delete", "report distribution"])
def test_each_command_explains_itself(statusdesk: Terminal, command: str) -> None:
    out = statusdesk.type(*command.split(), "--help")
    assert out.startswith(f"usage: statusdesk {command} ")
    assert "None" not in out


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["statuses", "extra"],
        ["statuses", "--js"],
        ["--dark"],
        ["--screenshot", "a.png", "statuses"],
        ["--screenshot", "a.png", "--install-desktop"],
        ["--demo", "--database", "a", "statuses"],
        ["statuses", "--demo", "--database", "a"],
        ["accounts", "--search", "\udcff"],
    ],
)
def test_wrong_usage_is_one_line_and_code_2(statusdesk: Terminal, words: list[str]) -> None:
    assert statusdesk.type(*words, code=2) == ""
    assert statusdesk.err.startswith("statusdesk")
    assert statusdesk.err.count("\n") == 1


def test_the_database_may_be_named_before_or_behind_the_command(office: Terminal) -> None:
    before = office.type("--database", office.database, "accounts")
    assert office.type("accounts", "--database", office.database) == before


def test_without_a_command_the_window_opens_or_is_painted(
    statusdesk: Terminal, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def run_window(database: Path, *, demo: bool) -> int:
        asked.append((database, demo))
        return 0

    def take_screenshot(database: Path, file: Path, *, dark: bool, demo: bool) -> int:
        asked.append((database, file, dark, demo))
        return 0

    monkeypatch.setattr("statusdesk.gui.main.run_window", run_window)
    monkeypatch.setattr("statusdesk.gui.main.take_screenshot", take_screenshot)
    for look in ("why_no_window", "why_no_qt"):
        monkeypatch.setattr(preflight, look, lambda: None)
    statusdesk.type()
    statusdesk.type("--demo")
    picture = tmp_path / "a.png"
    statusdesk("--screenshot", picture, "--dark")
    own, demo, painted = asked
    assert own == (default_database(), False)
    assert demo == (default_database(demo=True), True)
    assert painted == (statusdesk.database, picture, True, False)


def test_a_window_without_a_display_is_refused_in_one_sentence(
    statusdesk: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    said = statusdesk.refused()
    assert said.startswith("StatusDesk found no display to open its window on; `--screenshot FILE.png`")
    assert not statusdesk.database.exists()


def test_a_missing_library_is_named_and_qt_is_never_reached(
    statusdesk: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(preflight, "why_no_qt", lambda: "StatusDesk lacks libGL.so.1.")
    monkeypatch.setattr(preflight, "why_no_display", lambda: None)
    for words in ([], ["--screenshot", str(tmp_path / "a.png")]):
        assert statusdesk.refused(*words) == "StatusDesk lacks libGL.so.1."


def test_without_pyside_the_way_to_it_is_named(statusdesk: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("statusdesk.app.find_spec", lambda _: None)
    assert "pip install pyside6-essentials" in statusdesk.refused()


def test_commands_import_neither_qt_nor_what_they_do_not_need() -> None:
    code = "import sys; from statusdesk.app import run; run(['report', 'distribution']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"PySide6", "xlsxwriter", "python_calamine", "coloraide", "statusdesk.gui"})
    assert "There is no database" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no desktop entries")
def test_the_program_puts_itself_on_the_desktop(statusdesk: Terminal, home: Path) -> None:
    out = statusdesk.type("--install-desktop")
    assert all(Path(line).is_file() and home in Path(line).parents for line in out.splitlines())


def test_the_demonstration_is_made_once_and_apart(
    statusdesk: Terminal, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def make_demo(path: Path) -> None:
        from statusdesk.services.opening import open_store

        made.append(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        open_store(path).close()

    monkeypatch.setattr("statusdesk.services.demo.make_demo", make_demo)
    for _ in range(2):
        assert "Lead" in statusdesk.type("statuses", "--demo")
    assert [path.name for path in made] == ["demo.statusdesk"]
    assert not list(home.rglob("accounts.statusdesk"))


def test_a_mistake_of_ours_is_one_sentence_with_a_report(
    office: Terminal, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("our mistake")

    monkeypatch.setattr(listing, "print_table", fail)
    said = office.refused("statuses")
    assert said.startswith("Something went wrong inside StatusDesk; a change is either whole or not made.")
    (report,) = home.rglob("problem.txt")
    assert str(report) in said
    assert "ZeroDivisionError: our mistake" in report.read_text()
    monkeypatch.setattr("sys.argv", ["statusdesk", "--debug", "--database", str(office.database), "statuses"])
    assert main() == 1
    assert "ZeroDivisionError: our mistake" in capsys.readouterr().err


def test_interrupting_is_quiet(office: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(listing, "print_table", interrupt)
    assert office("statuses", code=1) == ""
    assert office.err == ""


@pytest.mark.skipif(os.name == "nt", reason="shells of Windows do it otherwise")
def test_a_reader_who_has_had_enough_is_no_failure(office: Terminal) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "statusdesk", "--database", str(office.database), "accounts"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_output_that_finds_no_room_is_a_failure(office: Terminal) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "statusdesk", "--database", str(office.database), "accounts"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The output could not be written: No space left on device.")


def test_a_terminal_without_our_signs_gets_similar_ones(office: Terminal) -> None:
    place = ("--database", str(office.database))
    narrow = {"PYTHONIOENCODING": "ascii"}
    done = _run(*place, "reassign", "--to", "Lead", "--status", "Active", "--dry-run", **narrow)
    assert b"Monthly revenue: 60.50 -> 0.00 EUR (-60.50)" in done.stdout
    assert b'"name": "Anna \\u0141\\u0105ka"' in _run(*place, "accounts", "--json", **narrow).stdout
