"""What tests of the commands share: anna at a terminal, whose home is a folder of the test."""

import json
from pathlib import Path
from typing import Any

import pytest

from statusdesk.__main__ import main
from statusdesk.store.store import Store

TELCO = Path(__file__).parents[1] / "data" / "telco-customers.csv"


class Terminal:
    """Types commands for the test's database, as a person at a terminal would, in this process."""

    def __init__(
        self, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.database = database
        self.err = ""
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str | Path, code: int = 0) -> str:
        """Run a command, which must end with the exit code, and return what it printed; keep the errors."""
        return self.type("--database", self.database, *words, code=code)

    def type(self, *words: str | Path, code: int = 0) -> str:
        """Run the program with exactly these words."""
        self._monkeypatch.setattr("sys.argv", ["statusdesk", *map(str, words)])
        try:
            ended: Any = main()
        except SystemExit as end:
            ended = end.code
        out, self.err = self._capsys.readouterr()
        assert ended == code, out + self.err
        assert "Traceback" not in out + self.err
        return out

    def json(self, *words: str | Path, code: int = 0) -> list[dict[str, Any]]:
        """Run a command with --json and return its objects."""
        found: list[dict[str, Any]] = json.loads(self(*words, "--json", code=code))
        assert isinstance(found, list)
        return found

    def refused(self, *words: str | Path, code: int = 1) -> str:
        """Run a command that must fail and return the one sentence or line that it says."""
        assert self(*words, code=code) == ""
        assert self.err.count("\n") == 1
        return self.err.strip()

    def counts(self) -> dict[str, int]:
        """Return the number of accounts of each status that has any."""
        return {status["name"]: status["accounts"] for status in self.json("statuses") if status["accounts"]}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return anna's home, where her data goes when no database is named."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LOGNAME", "anna")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name.lower()))
    return folder


@pytest.fixture
def statusdesk(database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal whose database is not there yet."""
    return Terminal(database, monkeypatch, capsys)


@pytest.fixture
def office(statusdesk: Terminal, store: Store, tmp_path: Path) -> Terminal:
    """Return a terminal at a database with five accounts of three statuses."""
    store.close()
    statusdesk("status", "add", "Vacation", "--stage", "paused")
    file = tmp_path / "office.csv"
    file.write_text(
        "number,name,status,city,monthly_charge\n"
        "001,Anna Łąka,Active,Łódź,20.00\n"
        "002,Bernd Groß,Active,Köln,30.50\n"
        "003,Chen Li,Active,Köln,10.00\n"
        "004,Dora,Lead,,0\n"
        "005,Emil,Vacation,Köln,25.00\n",
        "utf-8",
    )
    statusdesk("import", file)
    return statusdesk
