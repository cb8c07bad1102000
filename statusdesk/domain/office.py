"""What an office sets for its own work: which statuses it uses for what, and how long it waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from statusdesk.domain.records import Status

COOLING_OFF: Final = 30
LONGEST_COOLING_OFF: Final = 3650
"""Days."""


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Which statuses the office uses, by id, whether disconnecting needs a reason, and the days of cooling off.

    Without `failed_status` accounts whose installation failed stay where they are.
    """

    disconnect_status: int
    installed_status: int
    failed_status: int | None = None
    reason_needed: bool = True
    cooling_off: int = COOLING_OFF


def may_end_in(status: Status) -> bool:
    """Say whether people can be disconnected into a status."""
    return status.live and status.stage is Stage.ENDED and not status.activates


def may_be_installed_in(status: Status) -> bool:
    """Say whether accounts can come into a status when their installation is done."""
    return status.live and status.activates


def may_fail_in(status: Status) -> bool:
    """Say whether accounts can come into a status when their installation failed."""
    return status.live and status.stage is Stage.ONBOARDING and not status.activates


def waits_for_install(status: Status) -> bool:
    """Say whether the accounts of a status wait to be installed; reports of what is to come count the same."""
    return status.stage is Stage.ONBOARDING and not status.activates


_DISCONNECT, _INSTALLED, _FAILED = "office.disconnect_status", "office.installed_status", "office.failed_status"
_REASON, _COOLING = "office.reason_needed", "office.cooling_off"


def from_texts(texts: Mapping[str, str], statuses: Mapping[int, Status]) -> OfficeSettings:
    """Read the settings; a status that is no longer fit for its use gives way to the built-in one."""
    disconnect = _status(texts.get(_DISCONNECT), statuses)
    installed = _status(texts.get(_INSTALLED), statuses)
    failed = _status(texts.get(_FAILED), statuses)
    return OfficeSettings(
        disconnect.id if disconnect and may_end_in(disconnect) else _built_in("inactive", statuses.values()),
        installed.id if installed and may_be_installed_in(installed) else _built_in("active", statuses.values()),
        failed.id if failed and may_fail_in(failed) else None,
        texts.get(_REASON) != "no",
        int(texts.get(_COOLING) or COOLING_OFF),
    )


def ending_texts(wanted: OfficeSettings) -> dict[str, str]:
    """Return what is set for ending, as it is kept. Raises `BadValue`."""
    if not 0 <= wanted.cooling_off <= LONGEST_COOLING_OFF:
        reason = f"is not between 0 and {LONGEST_COOLING_OFF}"
        raise BadValue(field="Cooling-off days", value=wanted.cooling_off, reason=reason)
    return {
        _DISCONNECT: str(wanted.disconnect_status),
        _REASON: "" if wanted.reason_needed else "no",
        _COOLING: str(wanted.cooling_off),
    }


def installs_texts(wanted: OfficeSettings) -> dict[str, str]:
    """Return what is set for installs, as it is kept."""
    return {
        _INSTALLED: str(wanted.installed_status),
        _FAILED: "" if wanted.failed_status is None else str(wanted.failed_status),
    }


def _status(text: str | None, statuses: Mapping[int, Status]) -> Status | None:
    return statuses.get(int(text)) if text else None


def _built_in(which: str, statuses: Iterable[Status]) -> int:
    return next(status.id for status in statuses if status.built_in == which)
