"""What a publish would do, before it does it: rows, moves between levels, who loses service, and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from statusdesk.gui import formats
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableColumn, TableRows, count_cell, text_cell
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.texts import LinkButton, TextLabel
from statusdesk.gui.widgets.warning_box import WarningBox
from statusdesk.gui.wording import accounts_text, error_text, tr
from statusdesk.services.publishing import Report

if TYPE_CHECKING:
    from statusdesk.domain.targets import Target
    from statusdesk.services.network import Written
    from statusdesk.services.sessions import Ended

_TABLE: Final = 200
_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class PublishWish:
    """How many may lose service, if that had to be confirmed, and whether sessions are to be ended."""

    confirm_losing: int | None
    disconnect: bool


class PublishDialog(FormDialog):
    """`wished` carries a `PublishWish`; `retry_wished` when sessions that did not answer are to be asked again."""

    retry_wished = Signal()

    def __init__(self, target: Target, parent: QWidget | None = None) -> None:
        words = FormWords(
            "publish",
            tr("Publish to {target}").format(target=target.name),
            tr("Only differences are written, in one step that is whole or not made; rows of others stay."),
            tr("Publish"),
            tr("Working out what it would do…"),
        )
        super().__init__(words, action_icon("network"), parent)
        self._losing = 0
        self._done = False
        self._summary = TextLabel("", wrap=True)
        self._summary.setObjectName("publish_summary")
        self._moves = ChartTable("publish_moves", tr("Moves between levels"))
        self._moves.setFixedHeight(_TABLE)
        self._who = TextLabel("", Type.LABEL, "loss", wrap=True)
        self._who.setObjectName("publish_losing")
        self._warnings = WarningBox()
        self._warnings.setObjectName("publish_warnings")
        self._confirm = self.line("confirm", tr("Confirm"))
        self._disconnect = QCheckBox(tr("End the sessions of those whose level changes, so that they dial again"))
        self._disconnect.setObjectName("publish_disconnect")
        self._disconnect.setChecked(target.disconnect)
        self._again = LinkButton(tr("Try again"))
        self._again.setObjectName("publish_again")
        self._again.clicked.connect(self.retry_wished)
        for part in (
            self._summary,
            self._moves,
            self._who,
            self._warnings,
            self._confirm,
            self._disconnect,
            self._again,
        ):
            self.form.addWidget(part)
            part.hide()
        self._summary.show()
        self._summary.setText(tr("Comparing…"))
        self.foot.accept_button.setEnabled(False)

    def show_preview(self, report: Report | Written) -> None:
        """Show what would be done."""
        self._show(report)
        if isinstance(report, Report):
            self._losing = len(report.losing) if report.needs_confirming else 0
            self._disconnect.setVisible(bool(report.concerned))
        if self._losing:
            self._confirm.setPlaceholderText(tr("Type {count} to confirm").format(count=self._losing))
            self._confirm.show()
        changed = (
            bool(sum(report.members) + sum(report.definitions)) if isinstance(report, Report) else report.changed
        )
        self.remind("")
        self.foot.set_note(tr("Nothing is written yet.") if changed else tr("There is nothing to publish."))
        self.foot.accept_button.setEnabled(changed)
        first = self._confirm if self._losing else self.foot.accept_button if changed else self.foot.cancel_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, report: Report | Written) -> None:
        if report.warnings:
            self._warnings.warn(tr("Good to know"), "\n".join(report.warnings))
        if not isinstance(report, Report):
            lists = [f"{name}: {formats.count(number)}" for name, number in sorted(report.lists.items())]
            self._summary.setText(f"{report.path}\n" + (", ".join(lists) or tr("No account has an address list.")))
            return
        added, changed, removed = (formats.count(number) for number in report.members)
        said = tr("Accounts added: {added} · with another level: {changed} · taken out: {removed}")
        self._summary.setText(said.format(added=added, changed=changed, removed=removed))
        columns = (
            TableColumn(tr("From"), number=False, stretches=True),
            TableColumn(tr("To"), number=False, stretches=True),
            TableColumn(tr("Accounts")),
        )
        rows = tuple(
            (text_cell(old or tr("none")), text_cell(new or tr("none")), count_cell(number))
            for (old, new), number in sorted(report.moves.items(), key=lambda item: -item[1])
        )
        self._moves.show_rows(TableRows(columns, rows))
        self._moves.setVisible(bool(rows))
        losing = len(report.losing)
        some = ", ".join(report.losing[:_LISTED]) + ("…" if losing > _LISTED else "")
        said = (
            tr("Lost service: {accounts} ({some})") if self._done else tr("Will lose service: {accounts} ({some})")
        )
        self._who.setText(said.format(accounts=accounts_text(losing), some=some))
        self._who.setVisible(bool(losing))

    def wish(self) -> PublishWish | None:
        """Return how to publish; None, with a reminder, while the number is not confirmed."""
        if self._done:
            self.finish()
            return None
        typed = self._confirm.text().strip()
        if self._losing and typed != str(self._losing):
            self.remind(tr("Type {count}, so many accounts lose service.").format(count=self._losing))
            self._confirm.setFocus()
            return None
        self.foot.accept_button.setEnabled(False)
        confirmed = self._losing or None
        return PublishWish(confirmed, self._disconnect.isChecked() and not self._disconnect.isHidden())

    def tell(self, sentence: str) -> None:
        """Say how far it is."""
        self.foot.set_note(sentence)

    def show_done(self, report: Report | Written) -> None:
        """Say that it was done; what stays is to close the dialog."""
        self._done = True
        self._show(report)
        for part in (self._confirm, self._disconnect):
            part.hide()
        self.tell(tr("Published."))
        self.foot.accept_button.setText(tr("Close"))
        self.foot.accept_button.setEnabled(True)
        self.foot.cancel_button.hide()

    def show_ended(self, ended: Ended) -> None:
        """Say what came of the sessions, and offer to ask again those that did not answer."""
        self.tell(" ".join(tr(sentence) for sentence in ended.sentences()))
        self._again.setText(tr("Try again for the {count} that did not answer").format(count=len(ended.silent)))
        self._again.setVisible(bool(ended.silent))

    def refuse(self, error: Exception) -> bool:
        """Say why it cannot be done; it can be tried again once something was changed."""
        there = super().refuse(error)
        if there and self._done:
            said = tr("Published, but the sessions that are up were not ended: {why}")
            self.remind(said.format(why=error_text(error)))
        if there:
            self.foot.accept_button.setEnabled(True)
        return there
