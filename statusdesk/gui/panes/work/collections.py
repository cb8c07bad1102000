"""The worklist of debts: which agency has whom since when, by age, and what that adds up to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from statusdesk.domain.changes import AccountIds
from statusdesk.domain.debts import Age, AgencyTotal, Debt, by_agency
from statusdesk.domain.instants import now, to_datetime
from statusdesk.gui import formats
from statusdesk.gui.charts.table_model import Cell, TableColumn, count_cell, money_cell, text_cell
from statusdesk.gui.flows.collections import CollectionsFlow
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, Worklist, WorkView
from statusdesk.gui.wording import accounts_text, tr
from statusdesk.store.collections import debts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

ALL, AGENCIES = "all", "agencies"

AGES: Final = {
    Age.MONTH: "0–30 days",
    Age.TWO_MONTHS: "31–60 days",
    Age.THREE_MONTHS: "61–90 days",
    Age.OLDER: "Over 90 days",
    Age.UNDATED: "No date",
}
"""What the ages are called."""

Row = Debt | AgencyTotal


class CollectionsList(Worklist[Row]):
    """Accounts in statuses of the stage Debt, and the agencies that have them."""

    name: ClassVar[str] = "collections"
    title: ClassVar[str] = "Collections"
    sentence: ClassVar[str] = (
        "Accounts that were handed over. They are not billed, and come back only by a step of their own."
    )
    urgent: ClassVar[frozenset[str]] = frozenset({Age.UNDATED.value})

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self._flow = CollectionsFlow(weighing)
        self._debts = frozenset({ALL, *(age.value for age in Age)})

    def views(self) -> tuple[WorkView, ...]:
        """Return all, those of each age, and the agencies."""
        ages = [WorkView(age.value, title) for age, title in AGES.items()]
        return (WorkView(ALL, "All"), *ages, WorkView(AGENCIES, "By agency"))

    def fetch(self, store: Store, view: str) -> Sequence[Row]:
        """Return the debts of a view, or the totals of the agencies."""
        found, today = debts(store.db), self._today()
        if view == AGENCIES:
            return by_agency(found, today)
        return [debt for debt in found if view in (ALL, debt.age(today))]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many debts each view has, and how many agencies there are."""
        found, today = debts(store.db), self._today()
        counts = {age.value: 0 for age in Age} | {ALL: len(found)}
        for debt in found:
            counts[debt.age(today)] += 1
        return {**counts, AGENCIES: len({debt.agency for debt in found})}

    def key(self, row: Row) -> object:
        """Return the account's id, or the agency's name."""
        return row.account_id if isinstance(row, Debt) else row.agency

    def account_ids(self, row: Row) -> Sequence[int]:
        """Return the debt's account, or all that the agency has."""
        return (row.account_id,) if isinstance(row, Debt) else row.account_ids

    def words(self, row: Row) -> str:
        """Return number, name and agency."""
        return f"{row.number} {row.title} {row.agency}" if isinstance(row, Debt) else row.agency

    def chosen(self, rows: Sequence[Row]) -> str:
        """Say how many accounts are selected, and what they owe."""
        number = sum(len(self.account_ids(row)) for row in rows)
        said = tr("{accounts} selected, {amount} owed")
        return said.format(accounts=accounts_text(number), amount=self._amount(rows))

    def empty(self, view: str) -> str:
        """Say that there are none."""
        if view == Age.UNDATED:
            return tr("All accounts in debt have a date.")
        return tr("Nothing was handed over.") if view in (ALL, AGENCIES) else tr("Nothing is of that age.")

    def note(self, view: str, rows: Sequence[Row]) -> str:
        """Say what the rows add up to."""
        if not rows:
            return ""
        number = sum(len(self.account_ids(row)) for row in rows)
        said = tr("{accounts}, {amount} owed")
        return said.format(accounts=accounts_text(number), amount=self._amount(rows))

    def columns(self, view: str) -> tuple[WorkColumn[Row], ...]:
        """Return what matters of debts, or of agencies."""
        return tuple(self._of_agencies() if view == AGENCIES else self._of_debts())

    def _of_debts(self) -> list[WorkColumn[Row]]:
        today, currency = self._today(), self.session.info.currency
        owed = TableColumn(tr("Owed, {currency}").format(currency=currency))
        name = TableColumn(tr("Name"), number=False, stretches=True)
        return [
            WorkColumn(TableColumn(tr("Number"), number=False), lambda row: text_cell(_debt(row).number)),
            WorkColumn(name, lambda row: text_cell(_debt(row).title)),
            WorkColumn(self.status_head(tr("Status"), yields=2), self._status),
            WorkColumn(
                TableColumn(tr("Agency"), number=False, stretches=True), lambda row: text_cell(_agency(row.agency))
            ),
            WorkColumn(TableColumn(tr("Handed over"), yields=3), lambda row: _day(_debt(row).handed_over_on)),
            WorkColumn(TableColumn(tr("Days")), lambda row: _days(_debt(row).days(today))),
            WorkColumn(owed, lambda row: money_cell(row.balance, currency)),
            WorkColumn(TableColumn(tr("Phone"), number=False, yields=1), lambda row: text_cell(_debt(row).phone)),
        ]

    def _of_agencies(self) -> list[WorkColumn[Row]]:
        currency = self.session.info.currency
        agency = TableColumn(tr("Agency"), number=False, stretches=True)
        ages = [
            WorkColumn(TableColumn(tr(title), yields=int(age is Age.UNDATED)), partial(_aged, age, currency))
            for age, title in AGES.items()
        ]
        owed = TableColumn(tr("Owed, {currency}").format(currency=currency))
        return [
            WorkColumn(agency, lambda row: text_cell(_agency(row.agency))),
            WorkColumn(TableColumn(tr("Accounts")), lambda row: count_cell(len(self.account_ids(row)))),
            *ages,
            WorkColumn(owed, lambda row: money_cell(row.balance, currency)),
        ]

    def actions(self) -> tuple[WorkAction[Row], ...]:
        """Return handing over anew, and taking back."""
        return (
            WorkAction("hand_over", "Hand over anew…", "H", self._hand_over, views=self._debts),
            WorkAction("take_back", "Take back…", "B", self._take_back, primary=True, views=self._debts),
        )

    def _hand_over(self, rows: Sequence[Row]) -> None:
        self._flow.hand_over(self._selected(rows), len(rows))

    def _take_back(self, rows: Sequence[Row]) -> None:
        self._flow.take_back(self._selected(rows), len(rows))

    def _selected(self, rows: Sequence[Row]) -> AccountIds:
        return AccountIds(tuple(account_id for row in rows for account_id in self.account_ids(row)))

    def _status(self, row: Row) -> Cell:
        status = self.session.status(_debt(row).status_id)
        return text_cell(status.name, look=(status.shape, status.colour))

    def _amount(self, rows: Sequence[Row]) -> str:
        currency = self.session.info.currency
        return f"{formats.money(sum(row.balance for row in rows), currency)} {currency}"

    def _today(self) -> str:
        return to_datetime(now(), self.session.info.time_zone).date().isoformat()


def _debt(row: Row) -> Debt:
    assert isinstance(row, Debt)
    return row


def _agency(name: str) -> str:
    return name or tr("No agency")


def _day(day: str) -> Cell:
    return Cell(formats.date(day), day, day) if day else Cell("—", "", "", tone="loss")


def _days(days: int | None) -> Cell:
    return Cell("—", -1, "") if days is None else count_cell(days)


def _aged(age: Age, currency: str, row: Row) -> Cell:
    assert isinstance(row, AgencyTotal)
    return money_cell(row.by_age[age], currency) if row.by_age[age] else Cell("—", 0, "0")
