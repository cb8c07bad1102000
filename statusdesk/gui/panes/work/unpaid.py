"""The worklist of those who do not pay: since when, what they owe, and what comes next for each."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.instants import now, to_datetime
from statusdesk.domain.rights import Right
from statusdesk.domain.store_errors import StoreUnavailable
from statusdesk.domain.unpaid import Outlook, Unpaid
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, money_cell, text_cell
from statusdesk.gui.flows.unpaid import UnpaidFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist, WorkView
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.services.unpaid import outlook, rests, rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.domain.unpaid import UnpaidRule
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

ALL, WAITING, MOVED, ALONE = "all", "waiting", "moved", "alone"

_VIEWS: Final = {
    WAITING: frozenset({Outlook.WAITS}),
    MOVED: frozenset({Outlook.CUT}),
    ALONE: frozenset({Outlook.LEFT, Outlook.HELD, Outlook.OTHER, Outlook.OFF}),
}

NEXT: Final = {
    Outlook.CUT: "Comes back once it has paid",
    Outlook.LEFT: "Left alone: decided otherwise",
    Outlook.HELD: "Held back by rules of statuses",
    Outlook.OTHER: "Left alone: not in service",
    Outlook.OFF: "Nothing: no rule is in force",
}
"""What comes next, but for those who wait for their day."""


class UnpaidList(Worklist[Unpaid]):
    """Accounts that are marked as not paying."""

    name: ClassVar[str] = "unpaid"
    title: ClassVar[str] = "Not paying"
    sentence: ClassVar[str] = "Accounts marked as delinquent: since when, what they owe, and what comes next."

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._flow = UnpaidFlow(weighing)
        self._rule: UnpaidRule | None = None
        self._rests = False

    def views(self) -> tuple[WorkView, ...]:
        """Return all, those who will be moved, those who are, and those who are left alone."""
        return (
            WorkView(ALL, "All"),
            WorkView(WAITING, "To be moved"),
            WorkView(MOVED, "Moved"),
            WorkView(ALONE, "Left alone"),
        )

    def fetch(self, store: Store, view: str) -> Sequence[Unpaid]:
        """Return those of a view, the longest first."""
        found = outlook(store, now())
        return [row for row in found if view == ALL or row.outlook in _VIEWS[view]]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many each view has."""
        found = outlook(store, now())
        counts = {view: sum(row.outlook in kinds for row in found) for view, kinds in _VIEWS.items()}
        return {ALL: len(found), **counts}

    def key(self, row: Unpaid) -> object:
        """Return the account's id."""
        return row.account_id

    def account_ids(self, row: Unpaid) -> Sequence[int]:
        """Return the account."""
        return (row.account_id,)

    def words(self, row: Unpaid) -> str:
        """Return number, name and phone."""
        return f"{row.number} {row.title} {row.phone}"

    def chosen(self, rows: Sequence[Unpaid]) -> str:
        """Say how many accounts are selected, and what they owe."""
        return tr("{accounts} selected, {amount} owed").format(**self._sums(rows))

    def empty(self, view: str) -> str:
        """Say that there are none."""
        return tr("Everybody pays.") if view == ALL else tr("There are none.")

    def note(self, view: str, rows: Sequence[Unpaid]) -> str:
        """Say what they owe, and what the rule is."""
        owed = tr("{accounts}, {amount} owed.").format(**self._sums(rows)) if rows else ""
        return " ".join(filter(None, (owed, self._rule_text())))

    def _sums(self, rows: Sequence[Unpaid]) -> dict[str, str]:
        currency, number = self.session.info.currency, len(rows)
        owed = f"{formats.money(sum(row.balance for row in rows), currency)} {currency}"
        return {"accounts": accounts_text(number), "amount": owed}

    def _rule_text(self) -> str:
        rule = self._rule_now()
        if self._rests:
            return tr("The rule rests: its status is no longer offered. Choose another with Rule…")
        if rule is None:
            return tr("No rule is set.")
        said = tr("Rule: after {days} days into {status}.")
        return said.format(days=formats.count(rule.days), status=self.session.status(rule.target).name)

    def _rule_now(self) -> UnpaidRule | None:
        """Return the rule; while a server does not answer, what is known of it."""
        with suppress(StoreUnavailable):
            self._rule, self._rests = rule_of(self.session.reader), rests(self.session.reader)
        return self._rule

    def controls(self) -> QWidget | None:
        """Make the button that opens the rule."""
        button = QPushButton(tr("Rule…"))
        button.setObjectName("unpaid_rule_open")
        button.setAccessibleDescription(tr("Rule for those who do not pay"))
        why = self.session.why_not(Right.SHAPE)
        button.setEnabled(not why)
        button.setToolTip(why)
        button.clicked.connect(lambda: self.session.attempt(self._flow.set_rule))
        return button

    def columns(self, view: str) -> tuple[WorkColumn[Unpaid], ...]:
        """Return whose, since when, how much, and what comes next."""
        currency, today = self.session.info.currency, self._today()
        name = TableColumn(tr("Name"), number=False, stretches=True)
        ahead = TableColumn(tr("What comes next"), number=False, stretches=True)
        owed = TableColumn(tr("Owed, {currency}").format(currency=currency))
        return (
            WorkColumn(TableColumn(tr("Number"), number=False), lambda row: text_cell(row.number)),
            WorkColumn(name, lambda row: text_cell(row.title)),
            WorkColumn(self.status_head(tr("Status"), yields=1), self._status),
            WorkColumn(TableColumn(tr("Not paying since"), yields=3), lambda row: _day(row.since_day)),
            WorkColumn(TableColumn(tr("Days")), lambda row: count_cell(row.days(today))),
            WorkColumn(owed, lambda row: money_cell(row.balance, currency)),
            WorkColumn(ahead, partial(self._next, self._rule_now()), lambda row: row.on or "~"),
            WorkColumn(TableColumn(tr("Phone"), number=False, yields=2), lambda row: text_cell(row.phone)),
        )

    def actions(self) -> tuple[WorkAction[Unpaid], ...]:
        """Return giving time, and noting that they paid."""
        waiting = frozenset({ALL, WAITING})
        return (
            WorkAction("give_time", "Give time…", "T", self._give_time, views=waiting),
            WorkAction("paid", "Paid…", "P", self._paid, primary=True),
        )

    def _give_time(self, rows: Sequence[Unpaid]) -> None:
        self._flow.give_time([row.account_id for row in rows])

    def _paid(self, rows: Sequence[Unpaid]) -> None:
        self._flow.paid(AccountIds(tuple(row.account_id for row in rows)), len(rows))

    def _status(self, row: Unpaid) -> Cell:
        status = self.session.status(row.status_id)
        return text_cell(status.name, look=(status.shape, status.colour))

    def _next(self, rule: UnpaidRule | None, row: Unpaid) -> Cell:
        if row.outlook is not Outlook.WAITS:
            return text_cell(tr(NEXT[row.outlook]), sort="~")
        if rule is None or not row.on:
            return text_cell(tr("Nothing: there is no day on which anybody is cut"), sort="~")
        said = tr("→ {status} on {day}").format(
            status=self.session.status(rule.target).name, day=formats.date(row.on)
        )
        if row.until:
            said = tr("{what}; has time until {day}").format(what=said, day=formats.date(row.until))
        elif row.paused:
            said = tr("{what}; nobody is cut before").format(what=said)
        return Cell(said, row.on, said, tone="planned")

    def _today(self) -> str:
        return to_datetime(now(), self.session.info.time_zone).date().isoformat()


def _day(day: str) -> Cell:
    return Cell(formats.date(day), day, day)
