"""What a start costs grows with what it imports: nothing that people have not asked for yet may be among it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from statusdesk.services.demo import make_demo

STARTED = """
import sys
from dataclasses import is_dataclass
from PySide6.QtWidgets import QApplication
from statusdesk import app
from statusdesk.gui import preflight, toolkit

bring_in_qt = toolkit.bring_in

def records():
    modules = [module for name, module in sys.modules.items() if name.startswith("statusdesk.")]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    return [f"record {kind}" for kind in kinds if is_dataclass(kind)]

def hurry():
    bring_in_qt()
    from statusdesk.gui import main
    class Window(main.MainWindow):
        def showEvent(self, event):
            super().showEvent(event)
            self.imported = []
            self.accounts.listed.connect(self.look)
        def look(self):
            self.imported = self.imported or [*sys.modules, f"import is {__import__.__name__}", *records()]
            self.when_settled(self.tell)
        def tell(self):
            print("\\n".join(self.imported))
            self.close()
    main.MainWindow = Window

preflight.why_no_window = lambda: None
toolkit.bring_in = hurry
sys.exit(app.run(sys.argv[1:]))
"""
"""The whole program, with a window that closes when it is settled, and names the modules that its rows took."""

LATER = (
    "statusdesk.cli.bringing_in statusdesk.cli.reporting statusdesk.cli.listing statusdesk.gui.dialogs "
    "statusdesk.gui.printing statusdesk.gui.panes.history_page statusdesk.gui.panes.distribution_page "
    "statusdesk.gui.panes.reports_page statusdesk.services.exchange statusdesk.services.importing "
    "statusdesk.services.exporting statusdesk.services.reports statusdesk.services.demo "
    "coloraide psycopg python_calamine xlsxwriter PySide6.QtPrintSupport "
    "statusdesk.gui.flows.flows statusdesk.gui.flows.weighing statusdesk.services.desk "
    "statusdesk.gui.panes.details_account statusdesk.gui.prompts statusdesk.domain.plans statusdesk.store.plans "
    "statusdesk.store.planned statusdesk.store.choices statusdesk.store.moves statusdesk.store.making "
    "statusdesk.store.backups"
).split()

MOST_DATA_CLASSES = 12
"""Python compiles their methods while they are imported; what only carries values is a `NamedTuple`."""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    place = tmp_path_factory.mktemp("start")
    database = place / "demo.statusdesk"
    make_demo(database)
    return _modules(place, database)


def _modules(place: Path, database: Path) -> list[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(place)}
    words = [sys.executable, "-c", STARTED, "--database", str(database)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env, timeout=60)
    return done.stdout.split("\n")


@pytest.mark.slow
@pytest.mark.parametrize("module", LATER)
def test_what_is_used_later_is_imported_later(imported: list[str], module: str) -> None:
    assert "statusdesk.gui.panes.accounts_pane" in imported
    early = [name for name in imported if f"{name}.".startswith(f"{module}.")]
    assert not early


@pytest.mark.slow
def test_no_import_looks_through_sources(imported: list[str]) -> None:
    assert "import is __lazy_import__" in imported, "PySide6's import for switches is back"


@pytest.mark.slow
def test_few_records_are_data_classes(imported: list[str]) -> None:
    found = {line for line in imported if line.startswith("record ")}
    assert len(found) <= MOST_DATA_CLASSES, "\n".join(found)
