"""What tests of the window share: a session on a small database, and people who answer its prompts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from statusdesk.domain.records import AccountFields, Stage
from statusdesk.gui.prompts import Prompts
from statusdesk.gui.session import Session
from statusdesk.gui.theme import apply_theme
from statusdesk.services.desk import Desk
from statusdesk.store.store import Store


class Answers(Prompts):
    """Answers prompts as a test says, and remembers what was told."""

    def __init__(self) -> None:
        super().__init__()
        self.file: Path | None = None
        self.colours: tuple[str, ...] = ()
        self.agrees = True
        self.told: list[str] = []

    def open_file(self, parent: QWidget, title: str, kinds: str, then: Callable[[Path], None]) -> None:
        if self.file is not None:
            then(self.file)

    def save_file(
        self, parent: QWidget, title: str, kinds: str, suggested: str, then: Callable[[Path], None]
    ) -> None:
        if self.file is not None:
            then(self.file)

    def pick_colour(
        self, parent: QWidget, start: str, *, previewed: Callable[[str], None], offered: tuple[str, ...] = ()
    ) -> None:
        for colour in self.colours or (start,):
            previewed(colour)

    def confirm(self, parent: QWidget, title: str, text: str, deed: str, then: Callable[[], None]) -> None:
        self.told.append(text)
        if self.agrees:
            then()

    def tell_error(self, parent: QWidget | None, text: str) -> None:
        self.told.append(text)

    def show_folder(self, folder: Path) -> None:
        self.told.append(str(folder))

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        self.told.append(text)


@pytest.fixture(autouse=True)
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches the first paint: the list is prepared beside it, not after a breath."""
    monkeypatch.setattr("statusdesk.gui.models.account_source._BREATH", 0.001)


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in the light scheme."""
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with Vacation beside the three, and nine accounts: 5 active, 2 on vacation, 2 leads."""
    path = tmp_path / "office.statusdesk"
    store = Store(path, time_zone="Europe/Berlin")
    desk = Desk(store, author="anna")
    made = desk.create_status(
        {"name": "Vacation", "shape": "moon", "colour": "#0A66B5", "stage": Stage.PAUSED, "description": "Away."}
    )
    assert made.status_id is not None
    names = ("Marta Lindqvist", "Okan Yıldırım", "Bergmann & Sohn", "Aoife Brennan", "Łukasz Wróbel",
             "Hotel Seeblick", "Ines Carvalho", "Jonas Petersen", "山田太郎")  # fmt: skip
    for place, name in enumerate(names):
        status = (2, 2, 2, 2, 2, made.status_id, made.status_id, 1, 1)[place]
        account: AccountFields = {
            "number": f"{417 + 17 * place:05}", "name": name, "status_id": status,
            "monthly_charge": 2990 if status != 1 else 0, "city": "Kiel" if place % 2 else "Lübeck",
            "phone": f"0431 555 01{place:02}",
        }  # fmt: skip
        desk.create_account(account)
    store.close()
    return path


@pytest.fixture
def session(dressed: QApplication, database: Path) -> Iterator[Session]:
    opened = Session(Store(database), Store(database, "read"), author="anna")
    yield opened
    opened.close()
