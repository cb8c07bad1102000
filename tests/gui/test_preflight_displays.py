"""The display check against real X servers, where this machine has them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from statusdesk.gui import preflight

UNUSED_DISPLAY = ":4711"


@pytest.fixture(autouse=True)
def _real_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    if sys.platform != "linux" or not which("Xvfb") or preflight.missing_packages(window=True):
        pytest.skip("needs Linux, Xvfb and all libraries; ./test --all brings them")


@pytest.fixture
def cookie_file(tmp_path: Path) -> Path:
    """Hold a cookie that no client has; the bytes are family, address, number, name and data."""
    path = tmp_path / "cookie"
    fields = (b"", b"", b"MIT-MAGIC-COOKIE-1", bytes(range(16)))
    path.write_bytes(b"\xff\xff" + b"".join(len(field).to_bytes(2) + field for field in fields))
    return path


@pytest.fixture
def x_server(cookie_file: Path) -> Iterator[str]:
    """Start a server that lets in who has the cookie, and give its name."""
    command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-auth", str(cookie_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def test_a_server_that_lets_us_in(monkeypatch: pytest.MonkeyPatch, x_server: str, cookie_file: Path) -> None:
    monkeypatch.setenv("DISPLAY", x_server)
    monkeypatch.setenv("XAUTHORITY", str(cookie_file))
    assert preflight.why_no_window() is None


def test_a_server_that_keeps_us_out(monkeypatch: pytest.MonkeyPatch, x_server: str) -> None:
    monkeypatch.setenv("DISPLAY", x_server)
    monkeypatch.setenv("XAUTHORITY", "/dev/null")
    assert "--screenshot" in (preflight.why_no_window() or "")


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv(variable, UNUSED_DISPLAY)
    assert UNUSED_DISPLAY in (preflight.why_no_window() or "")
