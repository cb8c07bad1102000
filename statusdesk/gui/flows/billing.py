"""Handing a month over to the biller: its bill is worked out off the painting thread, saved, and put on record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from statusdesk.domain.errors import StatusDeskError
from statusdesk.domain.instants import day_of, now
from statusdesk.domain.periods import months
from statusdesk.gui.dialogs.bill_rows import month_text
from statusdesk.gui.dialogs.billing_dialog import BillingDialog
from statusdesk.gui.flows.form_deeds import refuse_for
from statusdesk.gui.models.report_source import ReportSource
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.billing import bill, record
from statusdesk.services.billing_records import write_bill
from statusdesk.services.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from statusdesk.domain.billing import Method
    from statusdesk.domain.changes import Outcome
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.services.billing import Bill
    from statusdesk.services.desk import Desk

YEARS = 3
"""Of how many years before this one the months are offered."""


class BillingFlow(QObject):
    """Hands months over in one window."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._weighing = weighing
        self._session = weighing.session

    def hand_over(self) -> None:
        """Show what last month comes to, and any other that people choose; then save it."""
        today = day_of(now(), self._session.info.time_zone)
        offered = months(f"{int(today[:4]) - YEARS}-01", today[:7])
        dialog = BillingDialog(offered, self._session.info, self._weighing.window)
        source = ReportSource(lambda: open_store(self._session.info.place, "read"), dialog)
        source.failed.connect(partial(self._refuse, dialog))
        dialog.finished.connect(source.close)
        self._session.closing.connect(source.close)

        def ask(month: str, method: Method) -> None:
            source.ask(lambda store: bill(store, month, method), dialog.show_bill)

        dialog.asked.connect(ask)
        dialog.wished.connect(partial(self._choose_place, dialog))
        dialog.open()
        dialog.ask()

    def _refuse(self, dialog: BillingDialog, error: Exception) -> None:
        if not isinstance(error, StatusDeskError):
            self._session.crashed.emit(error)
            return
        dialog.fail()
        refuse_for(dialog, self._weighing, error)

    def _choose_place(self, dialog: BillingDialog, made: Bill) -> None:
        kinds = tr("Comma-separated table (*.csv);;Excel workbook (*.xlsx);;JSON (*.json)")
        suggested = tr("billing {month}").format(month=made.month) + ".csv"
        self._weighing.prompts.save_file(
            dialog, tr("Hand over to billing"), kinds, suggested, partial(self._save, dialog, made)
        )

    def _save(self, dialog: BillingDialog, made: Bill, path: Path) -> None:
        """Write the file, and put on record that the month was billed."""
        currency = self._session.info.currency

        def write(desk: Desk, _progress: object) -> Outcome:
            write_bill(path, made, currency)
            return record(desk, made)

        def done(_outcome: Outcome) -> None:
            dialog.finish()
            accounts = accounts_text(len(made.lines))
            said = tr("Handed over {month}: {accounts}").format(month=month_text(made.month), accounts=accounts)
            self._weighing.say(said, tr("to {file}").format(file=path.name))

        self._session.perform(write, done=done, failed=partial(self._refuse, dialog))
