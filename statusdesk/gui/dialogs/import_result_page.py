"""What the import does: to accounts that exist, to billing, and which rows it refuses and why."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QHeaderView, QLineEdit, QPushButton, QRadioButton

from statusdesk.domain.changes import Consequences
from statusdesk.gui import formats
from statusdesk.gui.dialogs.import_parts import Box, Captioned, Page, WarningBox, plain_table
from statusdesk.gui.models.import_draft import ImportDraft
from statusdesk.gui.models.import_rows import RefusedModel
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import tr
from statusdesk.services.importing import ImportReport

_LINES_NAMED: Final = 5
_LONGEST_REASON: Final = 200


class ResultPage(Page):
    """Says `existing_chosen("update" or "skip")` and `saving_requested` for the refused rows."""

    existing_chosen = Signal(str)
    saving_requested = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__("import_result_page", tr("Result"), "")
        self._currency = currency
        self._update = QRadioButton(tr("Update them from the file"))
        self._update.setObjectName("import_update")
        self._skip = QRadioButton(tr("Leave them as they are"))
        self._skip.setObjectName("import_skip")
        self._existing = QButtonGroup(self)
        self._reason = QLineEdit()
        self._reason.setObjectName("import_reason")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setPlaceholderText(tr("Kept in the history, such as: Taken over from the old program"))
        self._reason.setMaxLength(_LONGEST_REASON)
        self._also = TextLabel(wrap=True)
        self._also.setObjectName("import_also")
        self._negative = WarningBox("import_negative")
        self._caption = TextLabel(use=Type.HEADING)
        self._caption.setObjectName("import_refused_caption")
        self._save = QPushButton(tr("Save refused rows…"))
        self._save.setObjectName("import_refused_save")
        self._model = RefusedModel(self)
        self._table = plain_table("import_refused", tr("Refused rows"))
        self._table.setModel(self._model)
        self._box = Box(self._table)
        self._build()
        self._update.clicked.connect(lambda: self.existing_chosen.emit("update"))
        self._skip.clicked.connect(lambda: self.existing_chosen.emit("skip"))
        self._save.clicked.connect(self.saving_requested)
        self.show_report(None)

    @property
    def reason(self) -> str:
        """Why the import is made, as typed."""
        return self._reason.text().strip()

    def _build(self) -> None:
        existing = QHBoxLayout()
        existing.setSpacing(16)
        for button in (self._update, self._skip):
            self._existing.addButton(button)
            existing.addWidget(button)
        existing.addStretch(1)
        self.column.addWidget(TextLabel(tr("Accounts that are there already"), Type.HEADING))
        self.column.addSpacing(6)
        self.column.addLayout(existing)
        self.column.addSpacing(6)
        empties = tr("Only imported columns are changed; an empty cell empties its field.")
        self._empties = TextLabel(empties, Type.LABEL, "muted", wrap=True)
        self.column.addWidget(self._empties)
        self.column.addSpacing(16)
        self.column.addWidget(Captioned(tr("Reason"), self._reason))
        self.column.addSpacing(16)
        self.column.addWidget(self._also)
        self.column.addWidget(self._negative)
        self._also.setContentsMargins(0, 0, 0, 12)
        head = QHBoxLayout()
        head.setContentsMargins(0, 12, 0, 6)
        head.addWidget(self._caption)
        head.addStretch(1)
        head.addWidget(self._save)
        self.column.addLayout(head)
        self._caption.setBuddy(self._table)
        self.column.addWidget(self._box, 1)
        self.column.addStretch(0)
        self._table.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate((72, 132, 160)):
            self._table.setColumnWidth(place, width)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what is decided about existing accounts."""
        self._update.setChecked(draft.on_existing == "update")
        self._skip.setChecked(draft.on_existing == "skip")
        self._empties.setEnabled(draft.on_existing == "update")

    def show_report(self, report: ImportReport | None) -> None:
        """Show what the newest dry run found, or that there is none yet."""
        refused = report.refused_count if report else 0
        self._model.show_rows(report.refused if report else ())
        self._box.setVisible(refused > 0)
        self._save.setVisible(refused > 0)
        self.sentence.setText(self._effect(report))
        self._caption.setText(_refused_text(report))
        also = _also(report) if report else ""
        self._also.setText(also)
        self._also.setVisible(bool(also))
        self._warn(report)
        self.column.setStretch(self.column.count() - 1, 0 if refused else 1)

    def _effect(self, report: ImportReport | None) -> str:
        if report is None:
            return tr("It is not known yet what the import will do.")
        found = report.consequences
        if found is None or not found.changed:
            return tr("The import changes no account.")
        return self._billing(found)

    def _billing(self, found: Consequences) -> str:
        billed = tr("Billed accounts go from {old} to {new}, monthly revenue from {before} to {after} {currency}.")
        return billed.format(
            old=formats.count(found.before.billed),
            new=formats.count(found.after.billed),
            before=formats.money(found.before.revenue, self._currency),
            after=formats.money(found.after.revenue, self._currency),
            currency=self._currency,
        )

    def _warn(self, report: ImportReport | None) -> None:
        number = report.findings.negative_charges if report else 0
        if report is None or not number:
            self._negative.warn("")
            return
        count = formats.count(number)
        fact = tr("1 monthly charge is negative.") if number == 1 else tr("{count} monthly charges are negative.")
        lines = ", ".join(formats.count(line) for line in report.findings.lines[:_LINES_NAMED])
        more = ", …" if number > _LINES_NAMED else ""
        said = tr("They are kept as credits. See line {lines}.").format(lines=lines + more)
        self._negative.warn(fact.format(count=count), said)


def _refused_text(report: ImportReport | None) -> str:
    if report is None:
        return ""
    if not report.refused_count:
        return tr("No row is refused")
    if report.refused_count == 1:
        return tr("1 row is refused")
    shown = len(report.refused)
    said = tr("{count} rows are refused").format(count=formats.count(report.refused_count))
    if shown == report.refused_count:
        return said
    return tr("{said}; the first {shown} are shown").format(said=said, shown=formats.count(shown))


def _also(report: ImportReport) -> str:
    parts = []
    if report.new_statuses:
        names = ", ".join(f"“{name}”" for name in report.new_statuses)
        parts.append(tr("New statuses: {names}.").format(names=names))
    if report.new_types:
        names = ", ".join(f"“{name}”" for name in report.new_types)
        parts.append(tr("New account types: {names}.").format(names=names))
    return " ".join(parts)
