"""Targets of publishing: added, changed and removed as everything else, and published to, each in its way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.domain.changes import Outcome, Touched
from statusdesk.domain.errors import BadValue, Refused
from statusdesk.domain.folding import clean, name_key
from statusdesk.domain.instants import now
from statusdesk.domain.publish_errors import NothingToServe, PublishTrouble, RadiusBroke
from statusdesk.domain.targets import Result, Run, Target, TargetKind, Waiting
from statusdesk.services import credentials, router_scripts
from statusdesk.services.publishing import publish
from statusdesk.services.sessions import end_sessions
from statusdesk.store.radius_connection import without_password
from statusdesk.store.radius_database import RadiusDatabase
from statusdesk.store.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from statusdesk.domain.records import ChangeSet
    from statusdesk.services.desk import Desk
    from statusdesk.services.publishing import Report, Wish
    from statusdesk.services.sessions import Ended
    from statusdesk.store.store import Store

KIND = "publish_target"


class NoSuchTarget(Refused):
    """No target by that name."""

    sentence = "There is no target named “{name}”. There are: {known}."


class TargetNameTaken(Refused):
    """Another target has this name."""

    sentence = "There is already a target named “{name}”. Choose another name."


@dataclass(frozen=True, slots=True)
class Written:
    """What a router's script holds, and whether it had to be written anew; `lists` counts entries by list."""

    target: Target
    path: Path
    changed: bool
    lists: dict[str, int]
    warnings: tuple[str, ...]


def targets_of(store: Store) -> list[Target]:
    """Return the targets there are."""
    return Targets(store.db).all()


def waiting(store: Store, target: Target) -> Waiting:
    """Return what a target does not know yet."""
    return Targets(store.db).waiting(target.id)


def last_run(store: Store, target: Target) -> Run | None:
    """Return the newest publish to a target."""
    return next(iter(Targets(store.db).runs(target.id, limit=1)), None)


def find_target(store: Store, name: str) -> Target:
    """Return the target of this name. Raises `NoSuchTarget`."""
    targets = targets_of(store)
    found = next((target for target in targets if name_key(target.name) == name_key(name)), None)
    if found is None:
        raise NoSuchTarget(name=name, known=", ".join(target.name for target in targets) or "none")
    return found


def put_target(desk: Desk, target: Target, *, password: str = "") -> Outcome:
    """Add a target (id 0) or change one; a password goes into the system's keyring, never into the database.

    Raises `BadValue`, `TargetNameTaken`.
    """
    clean_target = replace(target, name=clean(target.name), address=without_password(target.address.strip()))
    if not clean_target.name or not clean_target.address:
        raise BadValue(field="target", value=clean_target.name, reason="needs a name and an address")
    with desk.store.change(author=desk.author, kind=KIND, at=desk.clock()) as change:
        others = {name_key(other.name): other.id for other in targets_of(desk.store)}
        if others.get(name_key(clean_target.name), clean_target.id) != clean_target.id:
            raise TargetNameTaken(name=clean_target.name)
        before = next((other for other in targets_of(desk.store) if other.id == target.id), None)
        target_id = Targets(desk.store.db).put(clean_target)
        change.facts = _facts(target_id, before, replace(clean_target, id=target_id))
        if password:
            credentials.keep(credentials.PASSWORD, clean_target.address, password)
        return Outcome(KIND, change.kept_id, 1, touched=Touched(settings=True), facts=change.facts)


def remove_target(desk: Desk, target: Target) -> Outcome:
    """Offer a target no longer; what was published there stays as it is."""
    with desk.store.change(author=desk.author, kind=KIND, at=desk.clock()) as change:
        Targets(desk.store.db).remove(target.id)
        change.facts = _facts(target.id, target, None)
        return Outcome(KIND, change.kept_id, 1, touched=Touched(settings=True), facts=change.facts)


def take_back(desk: Desk, target: ChangeSet) -> None:
    """Put back what a change set did to a target, or do it again, unless it was changed since."""
    if KIND not in (target.kind, target.facts.get("of")):
        return
    sides = target.facts["new"], target.facts["old"]
    now_wanted, before = reversed(sides) if target.kind == "undo" else sides
    target_id = int(target.facts["id"])
    current = next((known for known in targets_of(desk.store) if known.id == target_id), None)
    if _text(current) != now_wanted:
        return
    targets = Targets(desk.store.db)
    if before:
        targets.bring_back(Target(**{**json.loads(before), "kind": TargetKind(json.loads(before)["kind"])}))
    else:
        targets.remove(target_id)


def _facts(target_id: int, old: Target | None, new: Target | None) -> dict[str, str]:
    name = (new or old or Target(0, "", TargetKind.RADIUS, "")).name
    return {"id": str(target_id), "target": name, "old": _text(old), "new": _text(new)}


def _text(target: Target | None) -> str:
    return json.dumps(asdict(target), sort_keys=True) if target else ""


def publish_to(store: Store, target: Target, wish: Wish) -> Report | Written:
    """Bring one target up to date, or tell what that would do. Raises what `publish_errors` has."""
    if target.kind is TargetKind.ROUTER:
        return write_script(store, target, wish)
    password = credentials.find(credentials.PASSWORD, target.name, target.address)
    return publish(store, target, wish, password=password)


def try_target(target: Target, password: str = "") -> str:
    """Connect to a target and read what is ours there; return what was found in a sentence.

    Raises what `publish_errors` has.
    """
    if target.kind is TargetKind.ROUTER:
        return f"The script is written to {target.address}."
    known = password or credentials.find(credentials.PASSWORD, target.name, target.address)
    with RadiusDatabase(target.address, known) as radius:
        found = radius.found(target.prefix)
    return f"Connected. Published there: {len(found.members)} accounts; with a password: {len(found.credentials)}."


def write_script(store: Store, target: Target, wish: Wish, *, clock: Callable[[], int] = now) -> Written:
    """Write the router's script, and a plain text for each list beside it; what is the same is left alone.

    A script without any entry is refused where the one before had some, unless that number is confirmed.
    """
    path, started = Path(target.address), clock()
    with store.db.snapshot():
        entries, newest = router_scripts.entries_of(store), Targets(store.db).newest()
    text, had = router_scripts.script(entries), _entries_in(path)
    if not entries.count and had and wish.confirm_losing != had:
        raise NothingToServe(losing=had)
    report = Written(
        target, path, changed=not path.exists() or path.read_text() != text,
        lists={name: len(held) for name, held in entries.lists.items()}, warnings=entries.warnings,
    )  # fmt: skip
    if wish.dry_run:
        return report
    try:
        router_scripts.write(path, text)
        for name in entries.lists:
            router_scripts.write(path.with_suffix(f".{name}.txt"), router_scripts.plain_list(entries, name))
    except OSError as error:
        raise RadiusBroke(place=str(path), reason=error.strerror or str(error)) from None
    result = Result.PUBLISHED if report.changed else Result.NOTHING
    with store.db.transaction():
        Targets(store.db).record(Run(
            target.id, started, clock(), wish.actor, wish.trigger, whole=True, result=result,
            facts={"lists": report.lists}, change_set_id=newest[0], entry_id=newest[1],
        ))  # fmt: skip
    return report


def _entries_in(path: Path) -> int:
    return path.read_text().count(f'"{router_scripts.MARK}') if path.exists() else 0


def end_sessions_of(
    target: Target, users: Sequence[str], *, progress: Callable[[int], None] | None = None
) -> Ended:
    """End the sessions of these RADIUS users, so that they dial again. Raises what `publish_errors` has."""
    password = credentials.find(credentials.PASSWORD, target.name, target.address)
    with RadiusDatabase(target.address, password) as radius:
        sessions, secrets = radius.sessions(users), _secrets(radius)
    common = credentials.find(credentials.SECRET, target.name, target.address)
    return end_sessions(sessions, lambda nas: secrets.get(nas) or common, port=target.coa_port, progress=progress)


def _secrets(radius: RadiusDatabase) -> dict[str, str]:
    """Return what the database knows of access servers; it need not allow us to look."""
    try:
        return radius.secrets()
    except PublishTrouble:
        return {}
