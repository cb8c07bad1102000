"""Which accounts a report is about, and by what it is split: account type, city and lead source."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Report = TypeVar("Report")


class Dimension(StrEnum):
    """A field of accounts by which reports are filtered and split; the value is the field's name."""

    ACCOUNT_TYPE = "account_type"
    CITY = "city"
    LEAD_SOURCE = "lead_source"

    @property
    def label(self) -> str:
        """English name, as shown to people."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter: an account is in it if each field has one of the values given for it (None: any; "": no value).

    In every report of the past, the values are those that the account had then.
    """

    account_types: frozenset[str] | None = None
    cities: frozenset[str] | None = None
    lead_sources: frozenset[str] | None = None

    def limits(self) -> Iterator[tuple[Dimension, frozenset[str]]]:
        """Yield the fields that have to have certain values, with these."""
        for dimension, values in zip(Dimension, (self.account_types, self.cities, self.lead_sources), strict=True):
            if values is not None:
                yield dimension, values

    def limited_to(self, dimension: Dimension, value: str) -> "Scope":
        """Return the part of the scope that has this value: what is behind one part of a split report."""
        limits = dict(self.limits())
        limits[dimension] = limits.get(dimension, frozenset({value})) & {value}
        return Scope(*(limits.get(each) for each in Dimension))


ALL = Scope()
"""Every account."""


@dataclass(frozen=True, slots=True)
class Part(Generic[Report]):
    """What a split report says of the accounts that have one value in the field by which it is split."""

    value: str
    report: Report
