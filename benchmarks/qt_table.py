"""Qt's own answer, in a process of its own: a table on QSqlTableModel that does what it is told and says how long.

`python benchmarks/qt_table.py FILE` reads a deed a line from its input, such as `sort name` or `filter city = ''`,
and answers each with seconds. Nothing of ours is imported: two copies of SQLite in one process break file locks.
"""

import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView


class Table:
    """A window with all columns of the accounts, but for their states."""

    def __init__(self, path: str) -> None:
        database = QSqlDatabase.addDatabase("QSQLITE")
        database.setDatabaseName(path)
        if not database.open():
            raise OSError(database.lastError().text())
        self.model = QSqlTableModel()
        self.model.setTable("account")
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.resize(1440, 900)
        self.view.show()

    def do(self, deed: str) -> float:
        """Do something and paint; return the seconds that took."""
        name, _, argument = deed.partition(" ")
        began = time.perf_counter()
        getattr(self, name)(argument)
        QApplication.processEvents()
        self.view.viewport().repaint()
        return time.perf_counter() - began

    def select(self, _argument: str) -> None:
        """Show all by number, as far as the model fetches them."""
        self.model.setFilter("")
        self.sort("number")

    def sort(self, column: str) -> None:
        """Sort by a column."""
        self.model.sort(self.model.fieldIndex(column), Qt.SortOrder.AscendingOrder)

    def filter(self, condition: str) -> None:
        """Show what an SQL condition holds for."""
        self.model.setFilter(condition)
        if not self.model.query().isActive():
            self.model.select()

    def fetch(self, _argument: str) -> None:
        """Fetch all rows: before that the scroll bar knows 256 of them."""
        while self.model.canFetchMore():
            self.model.fetchMore()

    def jump(self, row: str) -> None:
        """Scroll to a row."""
        self.view.scrollTo(self.model.index(int(row), 0), QTableView.ScrollHint.PositionAtTop)


def main() -> None:
    """Do what the lines of the input say, until there are no more."""
    app = QApplication(sys.argv)
    table = Table(sys.argv[1])
    for line in sys.stdin:
        print(table.do(line.strip()), flush=True)
    table.view.close()
    app.quit()


if __name__ == "__main__":
    main()
