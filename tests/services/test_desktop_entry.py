"""The desktop must find this very installation, whatever its path looks like, and never a half-written file."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from statusdesk.domain import resources
from statusdesk.services import desktop_entry
from statusdesk.services.desktop_entry import APP_ID, install_desktop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no desktop entries")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend an installation in a folder with an awkward name."""
    script = tmp_path / 'Ann\'s "100 %" $HOME `x` \\ folder' / "statusdesk"
    script.parent.mkdir()
    script.touch()
    monkeypatch.setattr(sys, "executable", str(script.with_name("python")))
    return script


def _exec_of(entry: Path) -> str:
    return next(line for line in entry.read_text("utf-8").splitlines() if line.startswith("Exec="))


def _words(line: str) -> list[str]:
    """Read Exec as the specification says: the string's escapes first, then a shell's quotes, then `%%`."""
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    printed = subprocess.check_output(["sh", "-c", f"printf '%s\\n' {value}"], text=True)
    return printed.replace("%%", "%").splitlines()


def test_three_files_go_where_desktops_look(share: Path) -> None:
    paths = install_desktop()
    assert {str(path.relative_to(share)) for path in paths} == {
        f"applications/{APP_ID}.desktop",
        f"metainfo/{APP_ID}.metainfo.xml",
        f"icons/hicolor/scalable/apps/{APP_ID}.svg",
    }
    assert all(path.stat().st_size for path in paths)


def test_installing_again_leaves_nothing_else_behind(share: Path) -> None:
    assert install_desktop() == install_desktop()
    assert sum(path.is_file() for path in share.rglob("*")) == 3


@pytest.mark.parametrize("named", ["", "relative/folder"])
def test_without_a_usable_variable_the_home_folder_is_used(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert all(path.is_relative_to(tmp_path / ".local/share") for path in install_desktop())


def test_the_entry_starts_this_installation(share: Path, script: Path) -> None:
    entry = install_desktop()[0]
    assert _words(_exec_of(entry)) == [str(script)]


def test_without_a_script_the_interpreter_starts_it(share: Path, script: Path) -> None:
    script.unlink()
    entry = install_desktop()[0]
    assert _words(_exec_of(entry)) == [sys.executable, "-m", "statusdesk"]


def test_a_plain_path_stays_readable(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_entry, "_command", lambda: ["/opt/desk-1.0/bin/statusdesk"])
    assert _exec_of(install_desktop()[0]) == "Exec=/opt/desk-1.0/bin/statusdesk"


@pytest.mark.skipif(not which("desktop-file-validate"), reason="desktop-file-utils is not installed")
def test_the_written_entry_is_valid(share: Path, script: Path) -> None:
    finished = subprocess.run(
        ["desktop-file-validate", install_desktop()[0]], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stdout) == (0, "")


def test_a_failed_write_keeps_the_old_file(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = install_desktop()[0]
    before = entry.read_bytes()

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        install_desktop()
    assert entry.read_bytes() == before
    assert list(entry.parent.iterdir()) == [entry]


def test_an_installed_program_uses_its_own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, checkout = tmp_path / "statusdesk", tmp_path / "resources"
    for folder in (package / "domain", checkout):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "domain" / "resources.py"))
    find = resources.resource_dir.__wrapped__
    assert find() == checkout
    (package / "resources").mkdir()
    assert find() == package / "resources"
