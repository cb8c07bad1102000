"""What people decided in the preview: which column is which field, and what the words of the file mean."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from statusdesk.domain.fields import FIELD, FIELDS
from statusdesk.domain.folding import name_key
from statusdesk.domain.records import Stage, StatusFields
from statusdesk.services.exchange.errors import NoSuchColumn, NoSuchField, NumberNotMapped, StatusMadeTwice


@dataclass(frozen=True, slots=True)
class NewStatus:
    """A status that the import is to make; its look is chosen when that happens."""

    name: str
    activates: bool
    stage: Stage
    winback: bool = False

    def as_fields(self) -> StatusFields:
        """Return what the desk needs to make it."""
        return {
            "name": self.name,
            "activates": self.activates,
            "stage": self.stage,
            "winback": self.winback,
        }


StatusChoice = int | NewStatus
"""The id of a status that exists, or a new one."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a table becomes accounts.

    `mapping` gives the column of each field that the file has. `status_words` says what the words of the status
    column mean, without regard to case; the word "" stands for empty cells. `default_status` is for new accounts
    of a file without a status column. `decimal` is "." or ",", or None to judge each amount by itself.
    `date_style` is one of `DATE_FORMATS`; ISO dates are understood whatever it is.
    """

    mapping: Mapping[str, str]
    status_words: Mapping[str, StatusChoice] = field(default_factory=dict)
    on_existing: Literal["update", "skip"] = "update"
    decimal: str | None = None
    date_style: str = "%Y-%m-%d"
    default_status: StatusChoice | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The mapped fields, in the order of the values of a row; the number comes first."""
        return tuple(each.name for each in FIELDS if each.name in self.mapping)

    @property
    def new_statuses(self) -> tuple[NewStatus, ...]:
        """The statuses to make, each once, in the order in which -1, -2, … stand for them in rows."""
        choices = [*self.status_words.values(), self.default_status]
        return tuple(dict.fromkeys(choice for choice in choices if isinstance(choice, NewStatus)))

    def status_value(self, choice: StatusChoice) -> int:
        """Return the choice as it stands in a row: an id, or -1 for the first new status, -2 for the second."""
        return -1 - self.new_statuses.index(choice) if isinstance(choice, NewStatus) else choice

    def check(self, columns: Collection[str], file: str) -> None:
        """Raise `NumberNotMapped`, `NoSuchField`, `NoSuchColumn` or `StatusMadeTwice` if it cannot be done."""
        for name, column in self.mapping.items():
            if name not in FIELD:
                raise NoSuchField(field=name, known=", ".join(FIELD))
            if column not in columns:
                raise NoSuchColumn(file=file, column=column, known=", ".join(columns))
        if "number" not in self.mapping:
            raise NumberNotMapped
        names = [name_key(status.name) for status in self.new_statuses]
        for status in self.new_statuses:
            if names.count(name_key(status.name)) > 1:
                raise StatusMadeTwice(name=status.name)
