"""The lists that an office manages for itself, and what each begins with in a new database."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from statusdesk.domain.folding import clean, name_key


class ChoiceList(StrEnum):
    """A list of names that people pick from, in the order in which they are managed.

    A value that is also the name of a field is the list for that field.
    """

    ACCOUNT_TYPE = "account_type"
    LEAD_SOURCE = "lead_source"
    FAILED_INSTALL_REASON = "failed_install_reason"
    DISCONNECT_REASON = "disconnect_reason"
    COLLECTIONS_AGENCY = "collections_agency"


TITLES: Final[Mapping[ChoiceList, str]] = {
    ChoiceList.ACCOUNT_TYPE: "Account types",
    ChoiceList.LEAD_SOURCE: "Lead sources",
    ChoiceList.FAILED_INSTALL_REASON: "Reasons of failed installs",
    ChoiceList.DISCONNECT_REASON: "Reasons to disconnect",
    ChoiceList.COLLECTIONS_AGENCY: "Collections agencies",
}
"""What people call the lists."""

AT_FIRST: Final[Mapping[ChoiceList, tuple[str, ...]]] = {
    ChoiceList.LEAD_SOURCE: ("Campaign", "Direct contact", "Own list"),
    ChoiceList.FAILED_INSTALL_REASON: (
        "Customer not at home",
        "No line of sight",
        "No access to roof or cellar",
        "Equipment missing",
        "Weather",
        "Customer changed their mind",
    ),
    ChoiceList.DISCONNECT_REASON: (
        "Moved away",
        "Price",
        "Service quality",
        "Went to another provider",
        "Out of coverage",
        "Did not pay",
        "No longer needed",
    ),
}
"""What the lists of a new database hold; those that are not here are empty."""


def tidy(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without stray blanks and empty ones; of those that differ only in case the first stays."""
    found: dict[str, str] = {}
    for name in map(clean, names):
        if name:
            found.setdefault(name_key(name), name)
    return tuple(found.values())
