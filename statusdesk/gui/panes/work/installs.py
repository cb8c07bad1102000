"""The worklist of installations: what is overdue, what comes today and later, and what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from statusdesk.domain.instants import day_of, now
from statusdesk.domain.worklists import Install, InstallView
from statusdesk.gui.charts.table_model import TableColumn, count_cell, money_cell
from statusdesk.gui.panes.work.accounts_list import AccountsList, day_column, text_column
from statusdesk.gui.panes.work.worklist import WorkAction, WorkColumn, WorkView
from statusdesk.gui.wording import tr
from statusdesk.services import worklists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from statusdesk.store.store import Store

_TITLES: Final = {
    InstallView.OVERDUE: "Overdue",
    InstallView.TODAY: "Today",
    InstallView.WEEK: "This week",
    InstallView.LATER: "Later",
    InstallView.UNDATED: "Without a date",
    InstallView.FAILED: "Failed",
}
_EMPTY: Final = {
    InstallView.OVERDUE: "No installation is overdue.",
    InstallView.TODAY: "Nothing is to be installed today.",
    InstallView.WEEK: "Nothing more is to be installed this week.",
    InstallView.LATER: "Nothing is to be installed after this week.",
    InstallView.UNDATED: "Everybody who waits has a date.",
    InstallView.FAILED: "No failed installation waits for a new date.",
}


class InstallsList(AccountsList[Install]):
    """Accounts that wait to be installed."""

    name: ClassVar[str] = "installs"
    title: ClassVar[str] = "Installs"
    sentence: ClassVar[str] = (
        "Accounts that wait for their installation. Record how it went, or agree on another day."
    )
    urgent: ClassVar[frozenset[str]] = frozenset({InstallView.OVERDUE.value, InstallView.FAILED.value})

    def views(self) -> tuple[WorkView, ...]:
        """Return the views by day."""
        return tuple(WorkView(view.value, title) for view, title in _TITLES.items())

    def fetch(self, store: Store, view: str) -> Sequence[Install]:
        """Return who waits, by day."""
        today = day_of(now(), store.info.time_zone)
        return [each for each in worklists.installs(store) if each.view(today) == view]

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many wait in each view."""
        return {view.value: count for view, count in worklists.install_counts(store, now()).items()}

    def key(self, row: Install) -> object:
        """Return the account's id."""
        return row.account_id

    def account_ids(self, row: Install) -> Sequence[int]:
        """Return the account."""
        return (row.account_id,)

    def words(self, row: Install) -> str:
        """Return number, name, city, address and reason."""
        return f"{row.number} {row.name} {row.city} {row.address} {row.phone} {row.reason}"

    def said(self, row: Install) -> str:
        """Say whose it is, where, and how to reach them."""
        return " · ".join(filter(None, (row.name, row.address, row.city, row.phone)))

    def empty(self, view: str) -> str:
        """Say that nobody waits there."""
        return tr(_EMPTY[InstallView(view)])

    def columns(self, view: str) -> tuple[WorkColumn[Install], ...]:
        """Return when, whose, where, and what is known of attempts before."""
        today, currency = day_of(now(), self.session.info.time_zone), self.session.info.currency
        day: WorkColumn[Install] = day_column(
            tr("Install on"),
            lambda each: each.install_on,
            lambda each: "loss" if each.install_on < today else "planned",
        )
        columns = [
            text_column(tr("Number"), lambda each: each.number),
            text_column(tr("Name"), lambda each: each.name, stretches=True),
            text_column(tr("City"), lambda each: each.city, stretches=True, yields=1),
            text_column(tr("Phone"), lambda each: each.phone),
            self.status_column(lambda each: each.status_id),
            WorkColumn(TableColumn(tr("Failed attempts"), yields=2), lambda each: count_cell(each.attempts)),
        ]
        if view in (InstallView.UNDATED, InstallView.FAILED):
            columns.append(self.since_column(tr("Since"), lambda each: each.since))
        else:
            columns.insert(0, day)
        if view == InstallView.FAILED:
            columns.append(text_column(tr("Failed because"), lambda each: each.reason, stretches=True))
        else:
            charge = TableColumn(tr("Monthly charge"), yields=3)
            columns.append(WorkColumn(charge, lambda each: money_cell(each.charge, currency)))
        return tuple(columns)

    def actions(self) -> tuple[WorkAction[Install], ...]:
        """Return another day, and how it went."""
        return (
            WorkAction("date", "Change date…", "D", self._date),
            WorkAction("failed", "Failed…", "F", lambda rows: self.flow.install_failed(self.selection(rows))),
            WorkAction(
                "done", "Done…", "I", lambda rows: self.flow.install_done(self.selection(rows)), primary=True
            ),
        )

    def _date(self, rows: Sequence[Install]) -> None:
        days = {row.install_on for row in rows}
        day = days.pop() if len(days) == 1 else ""
        self.flow.set_day(self.selection(rows), "install_on", day, without=tr("No day is agreed on yet"))
