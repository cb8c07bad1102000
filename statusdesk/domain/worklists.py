"""What waits for the office: installations, people to win back, leads; and what came of earlier ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from statusdesk.domain.periods import week_of


class InstallView(StrEnum):
    """When an installation is to be, in the order in which the office looks at them."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Install:
    """An account that waits to be installed. `since` is UTC milliseconds, `charge` minor units a month.

    `install_on` is an ISO day or empty; `failed` says that it has the status for failed installs, `reason` why the
    last attempt failed.
    """

    account_id: int
    number: str
    name: str
    address: str
    city: str
    phone: str
    status_id: int
    since: int
    charge: int
    install_on: str
    attempts: int
    failed: bool = False
    reason: str = ""

    def view(self, today: str) -> InstallView:
        """Return where it stands on a day (ISO); a failed one without a new day waits for one to be agreed on."""
        if not self.install_on:
            return InstallView.FAILED if self.failed else InstallView.UNDATED
        if self.install_on <= today:
            return InstallView.TODAY if self.install_on == today else InstallView.OVERDUE
        return InstallView.WEEK if week_of(self.install_on) == week_of(today) else InstallView.LATER


class WinbackView(StrEnum):
    """Whom to speak to now, whom later, and who is left alone for the time being."""

    DUE = "due"
    LATER = "later"
    COOLING = "cooling"
    REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class Winback:
    """An ended account whose status allows winning back; `ended_at` is UTC milliseconds.

    `lost` is the monthly charge (minor units) that it had when it last was activating; None if it never was.
    """

    account_id: int
    number: str
    name: str
    city: str
    phone: str
    status_id: int
    ended_at: int
    reason: str
    next_contact_on: str
    lost: int | None = None

    def view(self, today: str, cooled_before: int) -> WinbackView:
        """Return where it stands on a day (ISO), where those that ended before an instant have cooled off."""
        if self.next_contact_on > today:
            return WinbackView.LATER
        cooled = self.ended_at < cooled_before or self.next_contact_on
        return WinbackView.DUE if cooled else WinbackView.COOLING


class LeadView(StrEnum):
    """Whom nobody has spoken to yet, whom somebody has, and what came of the leads of each source."""

    NEW = "new"
    CONTACTED = "contacted"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Lead:
    """An account of the stage Prospect; `since` is UTC milliseconds, `first_contact_on` an ISO day or empty."""

    account_id: int
    number: str
    name: str
    city: str
    phone: str
    status_id: int
    since: int
    charge: int
    source: str
    first_contact_on: str

    @property
    def view(self) -> LeadView:
        """Whether somebody has spoken to them."""
        return LeadView.CONTACTED if self.first_contact_on else LeadView.NEW


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the cases of one reason or source: how many there were, came true, and are open still.

    `days` is the median length of those that came true. `account_ids` are the accounts of the open ones.
    """

    name: str
    cases: int
    won: int
    open: int
    days: int | None
    account_ids: tuple[int, ...] = field(default=(), repr=False)

    @property
    def share(self) -> float:
        """The part that came true, of all."""
        return self.won / self.cases if self.cases else 0.0
