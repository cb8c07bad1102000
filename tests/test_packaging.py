"""What is built must hold all that the program needs; what is installed must run without the checkout."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from statusdesk import __version__
from tests.launcher_bench import CHECKOUT

pytestmark = pytest.mark.slow


def _build(source: Path, target: Path, *kinds: str) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", target, *kinds], cwd=source, check=True)


def _files_below(folder: str) -> set[str]:
    return {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".gitkeep"
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    _build(CHECKOUT, target)
    return target


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


def test_the_wheel_holds_every_module_and_every_resource(wheel: Path) -> None:
    packed = set(ZipFile(wheel).namelist())
    resources = {f"statusdesk/{path}" for path in _files_below("resources")}
    assert len(resources) > 16
    assert _files_below("statusdesk") | resources <= packed


def test_the_source_archive_builds_the_same_wheel(built: Path, wheel: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xzf", next(built.glob("*.tar.gz")), "-C", tmp_path], check=True)
    source = next(tmp_path.iterdir())
    _build(source, tmp_path / "again", "-t", "wheel")
    again = next((tmp_path / "again").glob("*.whl"))
    assert ZipFile(again).namelist() == ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own and return the folder of its commands."""
    home = tmp_path_factory.mktemp("installed")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    uv = shutil.which("uv")
    venv.create(home, with_pip=uv is None, symlinks=os.name != "nt")
    python = scripts / "python"
    pip: list[str | Path] = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    subprocess.run([*pip, "--quiet", wheel], check=True)
    return scripts


@pytest.fixture
def statusdesk(scripts: Path, tmp_path: Path) -> "Program":
    return Program(scripts / "statusdesk", tmp_path)


def test_an_installation_names_its_version(statusdesk: "Program") -> None:
    assert __version__ in statusdesk.output("--version")


def test_an_installation_opens_a_new_database(statusdesk: "Program", tmp_path: Path) -> None:
    place = ("--database", str(tmp_path / "new.db"))
    statusdesk.output("status", "add", "Vacation", "--stage", "paused", *place)
    statuses = json.loads(statusdesk.output("statuses", "--json", *place))
    assert [status["name"] for status in statuses] == ["Lead", "Active", "Vacation", "Inactive"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no desktop entries")
def test_an_installation_puts_itself_on_the_desktop(statusdesk: "Program", tmp_path: Path) -> None:
    statusdesk.output("--install-desktop")
    entry = next((tmp_path / "applications").iterdir())
    assert f"Exec={statusdesk.path}" in entry.read_text("utf-8").splitlines()


def test_an_installation_paints_without_a_screen(statusdesk: "Program", tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    statusdesk.output("--screenshot", str(picture), "--database", str(tmp_path / "new.db"))
    assert picture.read_bytes().startswith(b"\x89PNG")


class Program:
    """An installed command and the folder it may write to."""

    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        self._home = home

    def output(self, *words: str) -> str:
        """Run it as a person without a display would, and return what it printed; it must succeed."""
        environment = {
            "PATH": os.defpath,
            "HOME": str(self._home),
            "XDG_DATA_HOME": str(self._home),
            "LANG": "C.UTF-8",
        }
        finished = subprocess.run(
            [self.path, *words], env=environment, cwd=self._home, capture_output=True, text=True, check=False
        )
        assert (finished.returncode, finished.stderr) == (0, "")
        return finished.stdout
