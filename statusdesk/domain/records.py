"""The nouns: statuses, accounts and change sets, as they are between the floors."""

from enum import StrEnum
from typing import NamedTuple, TypedDict

from statusdesk.domain.places import Place


class Stage(StrEnum):
    """Lifecycle stage of a status, in the order in which lists and reports show them."""

    PROSPECT = "prospect"
    ONBOARDING = "onboarding"
    IN_SERVICE = "in_service"
    PAUSED = "paused"
    ENDED = "ended"
    DEBT = "debt"

    @property
    def label(self) -> str:
        """English name, as shown to people."""
        return self.value.replace("_", " ").capitalize()


STAGES = tuple(Stage)


class Status(NamedTuple):
    """A status as it stands now; `id` is stable for ever, everything else may change.

    `built_in` is "lead", "active" or "inactive" for the three that every database has, else None.
    `deleted` statuses stay on record because history shows them. `level_current` and `level_delinquent` say which
    service level its accounts get: see `levels.Grid`. `required` names what accounts need that come into it (see
    `domain.admission`), `followers` are the ids of the statuses that they may go on to, none for all, and
    `customer_note` is what to tell the customer.
    """

    id: int
    name: str
    activates: bool
    shape: str
    colour: str
    stage: Stage
    winback: bool
    description: str
    position: int
    retired: bool = False
    deleted: bool = False
    built_in: str | None = None
    level_current: str = ""
    level_delinquent: str = ""
    required: tuple[str, ...] = ()
    followers: tuple[int, ...] = ()
    customer_note: str = ""

    @property
    def live(self) -> bool:
        """True while the status is offered: neither retired nor deleted."""
        return not (self.retired or self.deleted)


class StatusFields(TypedDict, total=False):
    """The fields of a status that people set; absent ones stay as they are."""

    name: str
    activates: bool
    shape: str
    colour: str
    stage: Stage
    winback: bool
    description: str
    level_current: str
    level_delinquent: str
    required: tuple[str, ...]
    followers: tuple[int, ...]
    customer_note: str


EDITED = ("name", "activates", "shape", "colour", "stage", "winback", "description", "required", "followers",
          "customer_note")  # fmt: skip
"""The fields that the form of a status edits."""


class StatusLine(NamedTuple):
    """A status with its counters: open accounts, and the sum of their monthly charges in minor units."""

    status: Status
    accounts: int
    charge: int


class Account(NamedTuple):
    """One open account. Money is in minor units of the database's currency, instants are UTC milliseconds.

    Dates are ISO texts (YYYY-MM-DD) or empty. `planned_for` is when its next planned change is due.
    """

    id: int
    number: str
    status_id: int
    status_since: int
    name: str = ""
    account_type: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    monthly_charge: int = 0
    balance_due: int = 0
    delinquent: bool = False
    install_on: str = ""
    install_attempts: int = 0
    collections_agency: str = ""
    handed_over_on: str = ""
    lead_source: str = ""
    first_contact_on: str = ""
    disconnect_reason: str = ""
    next_contact_on: str = ""
    service_level: str = ""
    radius_user: str = ""
    ip_addresses: str = ""
    note: str = ""
    planned_for: int | None = None

    @property
    def title(self) -> str:
        """The name, or the number where there is none."""
        return self.name or self.number


class AccountFields(TypedDict, total=False):
    """The fields of an account that people set; absent ones stay as they are."""

    number: str
    status_id: int
    status_since: int
    name: str
    account_type: str
    phone: str
    email: str
    address: str
    city: str
    monthly_charge: int
    balance_due: int
    delinquent: bool
    install_on: str
    install_attempts: int
    collections_agency: str
    handed_over_on: str
    lead_source: str
    first_contact_on: str
    disconnect_reason: str
    next_contact_on: str
    service_level: str
    radius_user: str
    ip_addresses: str
    note: str


class FieldChange(NamedTuple):
    """One field's old and new value, as texts."""

    field: str
    old: str
    new: str


class PlannedBefore(NamedTuple):
    """Who had planned a step of an account's history, when, and for when. Instants are UTC milliseconds."""

    planned_by: str
    planned_at: int
    due_at: int
    reason: str


class TimelineEntry(NamedTuple):
    """One step in an account's history, newest first in a timeline.

    A status of None before the step means that the account was made or reopened by it, after it that it was
    closed. Instants are UTC milliseconds, charges minor units. `planned` is told of steps that carried a plan out.
    """

    entry_id: int
    change_set_id: int
    kind: str
    author: str
    reason: str
    recorded_at: int
    effective_at: int
    old_status: Status | None
    new_status: Status | None
    old_charge: int
    new_charge: int
    old_delinquent: bool
    new_delinquent: bool
    fields: tuple[FieldChange, ...] = ()
    planned: PlannedBefore | None = None


class ChangeSet(NamedTuple):
    """One user action: who, when, why, what kind, and how many accounts it changed.

    `facts` are the values its description needs; `reverts` is the change set that it took back, if any;
    `reverted` says whether a later one took it back.
    """

    id: int
    recorded_at: int
    author: str
    kind: str
    reason: str
    accounts: int
    facts: dict[str, str]
    reverts: int | None = None
    reverted: bool = False


FINAL_KINDS = ("create_database", "restore", "repair_counters", "billing_run")
"""Kinds of change sets that no undo takes back."""


class DatabaseInfo(NamedTuple):
    """What was set once when the database was made. `currency` is ISO 4217, `time_zone` an IANA name."""

    place: Place
    currency: str
    time_zone: str
    schema: int

    @property
    def path(self) -> str:
        """The place as people read it: a file's path, or a server's address without a password."""
        return str(self.place)
