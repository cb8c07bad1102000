"""What a month comes to for the biller: every account's billable days and amount, before a file of it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from statusdesk.domain.billing import Method
from statusdesk.gui import formats
from statusdesk.gui.charts.table import ChartTable
from statusdesk.gui.charts.table_model import TableRows
from statusdesk.gui.dialogs.bill_rows import change_rows, line_rows, month_text
from statusdesk.gui.dialogs.form_dialog import FormDialog, FormWords
from statusdesk.gui.icons import action_icon
from statusdesk.gui.theme import Type
from statusdesk.gui.widgets.option_tiles import Option, OptionTiles
from statusdesk.gui.widgets.segments import Segments
from statusdesk.gui.widgets.status_picker import CalmComboBox
from statusdesk.gui.widgets.texts import TextLabel
from statusdesk.gui.wording import accounts_text, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from statusdesk.domain.records import DatabaseInfo
    from statusdesk.services.billing import Bill

_TABLE: Final = QSize(800, 232)
_METHODS: Final = (
    (Method.DAILY, "daily", "By the day", "The monthly charge for a whole month, a share of it for fewer days."),
    (Method.FULL, "full", "Whole month", "The whole monthly charge, even if only a single day is billable."),
    (Method.THIRTY, "thirty", "By 30 days", "Each month counts as 30 days, however long it is."),
)  # fmt: skip
LINES: Final = "lines"
CHANGES: Final = "changes"


class BillingDialog(FormDialog):
    """`asked(month, method)` when another bill is wanted; `wished` carries the `Bill` to save.

    `months` (YYYY-MM) are offered in this order; the last one goes on still, so the one before it is shown first.
    """

    asked = Signal(str, object)

    def __init__(self, months: Sequence[str], info: DatabaseInfo, parent: QWidget | None = None) -> None:
        words = FormWords(
            "billing",
            tr("Hand over to billing"),
            tr(
                "Every account that was billed at any time of the month. A day counts if its status billed for any"
                " part of it."
            ),
            tr("Save…"),
            tr("The first file saved of a month is remembered: later you see what changed since."),
        )
        super().__init__(words, action_icon("export"), parent)
        self._info = info
        self._made: Bill | None = None
        self._month = CalmComboBox()
        self._month.setObjectName("billing_month")
        self._month.setAccessibleName(tr("Month"))
        self._month.view().setObjectName("billing_month_list")
        self._month.view().setAccessibleName(tr("Month"))
        self._offer(months)
        self._method = OptionTiles(
            [Option(m.value, f"billing_method_{name}", tr(t), tr(s)) for m, name, t, s in _METHODS]
        )
        self._method.setObjectName("billing_method")
        self._method.setAccessibleName(tr("Amounts"))
        self._method.set_value(Method.DAILY.value)
        self._view = Segments(
            "billing_view",
            tr("What is shown"),
            (
                (LINES, "billing_view_lines", tr("The bill")),
                (CHANGES, "billing_view_changes", tr("Changed since the first time")),
            ),
        )
        self._view.set_value(LINES)
        self._earlier = TextLabel("", Type.LABEL, "muted", wrap=True)
        self._earlier.setObjectName("billing_earlier")
        self._table = ChartTable("billing_table", tr("The bill"))
        self._table.setFixedSize(_TABLE)
        self._total = TextLabel("", Type.STRONG)
        self._total.setObjectName("billing_total")
        self._total.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._arrange_parts()
        self._month.activated.connect(self.ask)
        self._method.picked.connect(self.ask)
        self._view.picked.connect(self._fill)

    def _offer(self, months: Sequence[str]) -> None:
        for month in reversed(months):
            going = month == months[-1]
            self._month.addItem(
                tr("{month}, so far").format(month=month_text(month)) if going else month_text(month), month
            )
        self._month.setCurrentIndex(min(1, self._month.count() - 1))

    def _arrange_parts(self) -> None:
        self.add(tr("Month"), self._month)
        self.add(tr("Amounts"), self._method)
        self.form.addWidget(self._view, 0, Qt.AlignmentFlag.AlignLeading)
        found = QVBoxLayout()
        found.setSpacing(8)
        for part in (self._earlier, self._table, self._total):
            found.addWidget(part)
        self._view.hide()
        self._earlier.hide()
        self.form.addLayout(found)

    @property
    def month(self) -> str:
        """The month (YYYY-MM) that is chosen."""
        return str(self._month.currentData())

    @Slot()
    def ask(self) -> None:
        """Ask for the bill of what is chosen; until it comes, nothing can be saved."""
        self._made = None
        self.foot.accept_button.setEnabled(False)
        self._total.setText(tr("Working it out…"))
        self.asked.emit(self.month, Method(self._method.value()))

    def show_bill(self, made: Bill) -> None:
        """Show what was asked for."""
        self._made = made
        first = made.earlier
        self._view.setVisible(first is not None)
        self._earlier.setVisible(first is not None)
        if first is None:
            self._view.set_value(LINES)
        else:
            self._view.show_counts({CHANGES: len(made.differences)})
            said = tr("First handed over on {day} by {who}: {accounts}, {total} {currency}.")
            self._earlier.setText(
                said.format(
                    day=formats.day(first.made_at, self._info.time_zone),
                    who=first.author,
                    accounts=accounts_text(first.accounts),
                    total=formats.money(first.total, self._info.currency),
                    currency=self._info.currency,
                )
            )
        self.foot.accept_button.setEnabled(bool(made.lines))
        self.remind("")
        self._fill()

    @Slot()
    def _fill(self) -> None:
        made = self._made
        if made is None:
            return
        changes = self._view.value() == CHANGES
        title = tr("Changed since the first time") if changes else tr("The bill")
        self._table.show_rows((change_rows if changes else line_rows)(made, self._info.currency), title)
        self._total.setText(self._summed(made, changes=changes))

    def _summed(self, made: Bill, *, changes: bool) -> str:
        currency, first = self._info.currency, made.earlier
        if changes and first is not None:
            if not made.differences:
                return tr("Nothing changed since.")
            more = formats.signed_money(made.total - first.total, currency)
            return tr("Difference: {amount} {currency}").format(amount=more, currency=currency)
        if not made.lines:
            return tr("No account was billed in this month.")
        accounts = accounts_text(len(made.lines))
        total = tr("{accounts} · {total} {currency}").format(
            accounts=accounts, total=formats.money(made.total, currency), currency=currency
        )
        return total if made.finished else tr("{total} until now").format(total=total)

    def fail(self) -> None:
        """Take back that something is worked out, as it cannot be."""
        self._table.show_rows(TableRows())
        self._total.setText("")

    def wish(self) -> Bill | None:
        """Return the bill to save."""
        return self._made
