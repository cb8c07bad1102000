"""Says in words what checking a database found: each check, and each problem with what it is about."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from statusdesk.domain.places import Place
from statusdesk.gui import formats
from statusdesk.gui.dialogs.framed import FramedDialog, heading
from statusdesk.gui.icons import action_icon
from statusdesk.gui.widgets.dialog_foot import DialogFoot
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.checking import Verdict

WIDTH: Final = 560
_MOST_SHOWN: Final = 500


def check_names() -> dict[str, str]:
    """Return what each check looks at."""
    return {
        "integrity": tr("The file is whole"),
        "schema": tr("Tables and their guards are as they were made"),
        "references": tr("Nothing refers to what is not there"),
        "journal": tr("Every account is as its history says"),
        "counters": tr("Counts and sums equal a recount"),
        "peaks": tr("The highest number of each day equals a recount"),
        "search": tr("Searching sees every account as it is"),
        "plans": tr("Every planned change is as its history says"),
    }


class CheckResult(FramedDialog):
    """Shows a verdict; there is nothing to decide."""

    def __init__(self, verdict: Verdict, path: Place, parent: QWidget | None = None) -> None:
        super().__init__("check_result", tr("Check of {database}").format(database=path.name), parent)
        self._verdict = verdict
        self._foot = DialogFoot("", tr("Close"), accept_name="check_close", cancel_name="")
        self._foot.accept_button.clicked.connect(self.accept)
        self._foot.accept_button.setDefault(True)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(4)
        body.addLayout(heading(self._title(), self._extent(), name="check"))
        body.addSpacing(12)
        body.addLayout(self._checks())
        if verdict.findings:
            self._add_findings(body)
        self.stack(body, foot=self._foot, width=WIDTH)

    def _title(self) -> str:
        number = len(self._verdict.findings)
        if not number:
            return tr("The database is sound")
        if number == 1:
            return tr("1 problem was found")
        return tr("{count} problems were found").format(count=formats.count(number))

    def _extent(self) -> str:
        if not self._verdict.accounts and self._verdict.findings:
            return tr("The file itself is damaged, so nothing else was looked at. Go back to a backup.")
        accounts = accounts_text(self._verdict.accounts)
        entries = formats.count(self._verdict.entries)
        return tr("{accounts} and {entries} journal entries were looked at. Nothing was changed.").format(
            accounts=accounts, entries=entries
        )

    def _checks(self) -> QGridLayout:
        failed = {finding.check for finding in self._verdict.findings}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(check_names().items()):
            done, bad = name in self._verdict.checks, name in failed
            sign = QLabel()
            if done:
                sign.setPixmap(action_icon("warning" if bad else "tick").pixmap(16))
            state = tr("problem") if bad else tr("right") if done else tr("not looked at")
            sign.setAccessibleName(state)
            label = TextLabel(text, tone="" if done else "muted")
            label.setObjectName(f"check_{name}")
            label.setAccessibleName(f"{text}: {state}")
            grid.addWidget(sign, row, 0)
            grid.addWidget(label, row, 1)
            said = TextLabel(state, tone="loss" if bad else "muted")
            grid.addWidget(said, row, 2, Qt.AlignmentFlag.AlignTrailing)
        return grid

    def _add_findings(self, body: QVBoxLayout) -> None:
        problems = [finding.problem for finding in self._verdict.findings]
        text = QPlainTextEdit("\n".join(problems[:_MOST_SHOWN]))
        text.setObjectName("check_findings")
        text.setAccessibleName(tr("Problems"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFixedHeight(140)
        copy = QPushButton(action_icon("copy"), tr("Copy the problems"))
        copy.setObjectName("check_copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QApplication.clipboard().setText("\n".join(problems)))
        body.addSpacing(12)
        body.addWidget(text)
        body.addSpacing(4)
        body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeading)
