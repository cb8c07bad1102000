"""Settings on record and undoable; among them the limits for reports: of the monthly peak, of stays in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched
from statusdesk.domain.errors import BadValue
from statusdesk.store import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store

KIND = "settings"
KINDS = frozenset({KIND, "office_settings"})
"""The kinds of change sets that `put` writes."""

_PREFIX = "limit."
_PEAK = _PREFIX + "peak"
_STAY = _PREFIX + "stay."


@dataclass(frozen=True, slots=True)
class Limits:
    """How many accounts the licence has room for (None: not set), and the days a stay may take, by status id."""

    peak: int | None = None
    stays: Mapping[int, int] = field(default_factory=dict)


def limits(store: Store) -> Limits:
    """Return the limits that are set."""
    found = settings.beginning_with(store.db, _PREFIX)
    stays = {int(name.removeprefix(_STAY)): int(value) for name, value in found.items() if name.startswith(_STAY)}
    return Limits(int(found[_PEAK]) if _PEAK in found else None, stays)


def set_limits(desk: Desk, wanted: Limits) -> Outcome:
    """Replace the limits. Raises `BadValue` for one below 1."""
    if any(value < 1 for value in (1 if wanted.peak is None else wanted.peak, *wanted.stays.values())):
        raise BadValue(field="limit", value=0, reason="is too small; the least limit is 1")
    old = _texts(limits(desk.store))
    return put(desk, KIND, {**dict.fromkeys(old, ""), **_texts(wanted)})


def put(desk: Desk, kind: str, wanted: Mapping[str, str]) -> Outcome:
    """Set settings by name as one change set; an empty text takes a setting away, those not named stay."""
    with desk.store.change(author=desk.author, kind=kind, at=desk.clock()) as change:
        old = settings.named(desk.store.db, wanted)
        changed = sorted(name for name in wanted if old.get(name, "") != wanted[name])
        if not changed:
            change.keep = False
            return Outcome(kind, already=1)
        settings.put(desk.store.db, {name: wanted[name] for name in changed})
        change.facts = {
            side: "\n".join(f"{name}={texts.get(name, '')}" for name in changed)
            for side, texts in (("old", old), ("new", wanted))
        }
        return Outcome(kind, change.kept_id, 1, touched=Touched(settings=True), facts=change.facts)


def take_back(desk: Desk, target: ChangeSet) -> None:
    """Put back what a change set did to settings, or do it again, but for what was changed since."""
    if not KINDS & {target.kind, target.facts.get("of", "")}:
        return
    sides = [dict(line.split("=", 1) for line in target.facts[side].split("\n")) for side in ("old", "new")]
    old, new = reversed(sides) if target.kind == "undo" else sides
    now = settings.named(desk.store.db, old)
    settings.put(desk.store.db, {name: old[name] for name in old if now.get(name, "") == new[name]})


def _texts(wanted: Limits) -> dict[str, str]:
    stays = {f"{_STAY}{status_id}": str(days) for status_id, days in wanted.stays.items()}
    return stays if wanted.peak is None else {_PEAK: str(wanted.peak), **stays}
