"""Nobody may meet Qt's abort: each thing that would cause it is found first and said in one sentence."""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from statusdesk.gui import preflight

UNUSED_DISPLAY = ":4711"
Lacking = Callable[..., None]


@pytest.fixture(autouse=True)
def _linux_with_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pretend a Linux with all libraries and a font, but without a display."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(preflight, "_load", lambda _: ctypes.CDLL(None))
    monkeypatch.setattr(preflight, "_ANSWERS", {})
    monkeypatch.setattr(preflight, "_FONT_FOLDERS", [str(tmp_path)])
    (tmp_path / "Some.ttf").touch()


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Lacking:
    def lack(*libraries: str) -> None:
        monkeypatch.setattr(preflight, "_load", lambda name: None if name in libraries else ctypes.CDLL(None))

    return lack


def _is_one_sentence(text: str) -> bool:
    return "\n" not in text and ". " not in text


def test_without_a_display_the_ways_that_need_none_are_named() -> None:
    why = preflight.why_no_window()
    assert why is not None
    assert _is_one_sentence(why)
    assert "--screenshot FILE.png" in why
    for command in preflight.COMMANDS:
        assert command in why


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_what_qt_needs(
    monkeypatch: pytest.MonkeyPatch, lacking: Lacking, platform: str
) -> None:
    lacking("libGL.so.1")
    monkeypatch.setattr(sys, "platform", platform)
    assert preflight.why_no_window() is None
    assert preflight.why_no_qt() is None
    assert preflight.missing_packages(window=True) == []


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "linuxfb"])
def test_a_platform_without_a_display_is_taken_at_its_word(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert preflight.why_no_window() is None


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_answers_is_enough(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "some")
    assert preflight.why_no_window() is None


def test_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", UNUSED_DISPLAY)
    monkeypatch.setattr(preflight, "_ANSWERS", {"xcb": lambda: False})
    why = preflight.why_no_window()
    assert why is not None
    assert _is_one_sentence(why)
    assert f"display {UNUSED_DISPLAY}" in why
    assert "--screenshot" in why


def test_one_of_two_displays_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", UNUSED_DISPLAY)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(preflight, "_ANSWERS", {"xcb": lambda: False, "wayland": lambda: True})
    assert preflight.why_no_window() is None


def test_all_missing_libraries_come_with_one_line(lacking: Lacking) -> None:
    lacking("libGL.so.1", "libglib-2.0.so.0")
    why = preflight.why_no_qt()
    assert why is not None
    assert _is_one_sentence(why)
    assert "libGL.so.1, libglib-2.0.so.0" in why
    assert why.endswith("apt-get install libgl1 libglib2.0-0")


def test_a_window_needs_more_than_a_picture(monkeypatch: pytest.MonkeyPatch, lacking: Lacking) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    lacking("libxcb-cursor.so.0", "libxkbcommon-x11.so.0")
    assert preflight.why_no_qt() is None
    assert preflight.missing_packages(window=False) == []
    assert preflight.missing_packages(window=True) == ["libxcb-cursor0", "libxkbcommon-x11-0"]
    assert (preflight.why_no_window() or "").endswith("libxcb-cursor0 libxkbcommon-x11-0")


def test_one_complete_platform_of_two_is_enough(monkeypatch: pytest.MonkeyPatch, lacking: Lacking) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    lacking("libxcb-cursor.so.0")
    assert preflight.missing_packages(window=True) == []
    assert preflight.why_no_window() is None


def test_a_font_comes_along_but_its_absence_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "Some.ttf").unlink()
    assert preflight.missing_packages(window=False) == ["fonts-dejavu-core"]
    assert preflight.why_no_qt() is None


@pytest.mark.parametrize("words", [["statuses", "--json"], ["--version"], ["--help"], ["--database", "x", "undo"]])
def test_commands_need_no_library(words: list[str], lacking: Lacking, capsys: pytest.CaptureFixture[str]) -> None:
    lacking("libGL.so.1")
    assert preflight.main(["start", *words]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("words", [["--screenshot", "x.png"], ["--dark", "--screenshot=x.png"]])
def test_a_picture_needs_no_display(
    words: list[str], lacking: Lacking, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking("libEGL.so.1", "libxcb-cursor.so.0")
    assert preflight.main(["start", *words]) == 0
    assert capsys.readouterr() == ("libegl1", "")


def test_a_start_without_a_display_is_refused_at_once(
    lacking: Lacking, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking("libGL.so.1")
    assert preflight.main(["start", "--demo"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "--screenshot" in err


def test_the_libraries_of_everything_can_be_asked_for(
    lacking: Lacking, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking("libGL.so.1", "libxcb-cursor.so.0")
    assert preflight.main(["libraries"]) == 0
    assert capsys.readouterr() == ("libgl1 libxcb-cursor0", "")


def test_it_runs_where_nothing_is_installed() -> None:
    """As `./run` calls it: any Python 3.11, no environment."""
    finished = subprocess.run([sys.executable, "-I", "-S", preflight.__file__, "start", "--version"], check=False)
    assert finished.returncode == 0
