"""Debts with the agencies: whose they are, how old they are, and what they add up to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Age(StrEnum):
    """How long ago an account was handed over; the last is for those whose day is not known."""

    MONTH = "0-30"
    TWO_MONTHS = "31-60"
    THREE_MONTHS = "61-90"
    OLDER = "over-90"
    UNDATED = "undated"


_ENDS = ((30, Age.MONTH), (60, Age.TWO_MONTHS), (90, Age.THREE_MONTHS))


@dataclass(frozen=True, slots=True)
class Debt:
    """An account in a status of the stage Debt.

    `balance` is what it owes in minor units, `handed_over_on` an ISO day or empty.
    """

    account_id: int
    number: str
    title: str
    status_id: int
    agency: str
    handed_over_on: str
    balance: int
    phone: str

    def days(self, today: str) -> int | None:
        """Return how many days ago it was handed over, seen from a day (ISO); None where that is not known."""
        if not self.handed_over_on:
            return None
        return max(0, (date.fromisoformat(today) - date.fromisoformat(self.handed_over_on)).days)

    def age(self, today: str) -> Age:
        """Return how long ago that is."""
        days = self.days(today)
        if days is None:
            return Age.UNDATED
        return next((age for most, age in _ENDS if days <= most), Age.OLDER)


@dataclass(frozen=True, slots=True)
class AgencyTotal:
    """What one agency has: accounts and what they owe (minor units), in all and by age."""

    agency: str
    account_ids: tuple[int, ...]
    balance: int
    by_age: dict[Age, int]


def by_agency(debts: Iterable[Debt], today: str) -> list[AgencyTotal]:
    """Sum debts up by agency, the largest sum first; those without an agency have an empty name."""
    groups: dict[str, list[Debt]] = defaultdict(list)
    for debt in debts:
        groups[debt.agency].append(debt)
    totals = []
    for agency, group in groups.items():
        sums = dict.fromkeys(Age, 0)
        for debt in group:
            sums[debt.age(today)] += debt.balance
        ids = tuple(debt.account_id for debt in group)
        totals.append(AgencyTotal(agency, ids, sum(sums.values()), sums))
    return sorted(totals, key=lambda total: (-total.balance, total.agency.casefold()))
