"""Those who do not pay: marked by hand, cut and returned by the office's rule, exactly once and never blindly.

The rule looks under the write lock, so two programs at one file never do the same twice. What it did is a change
set of its own that can be taken back. In one time of not paying it cuts an account once: who takes that back or
moves the account elsewhere has decided otherwise. It returns an account only where it is still where it was put.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from statusdesk.domain.admission import asked_fields, barred_by
from statusdesk.domain.changes import Outcome, Touched, weigh
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import parse_date, to_datetime
from statusdesk.domain.unpaid import Outlook, Unpaid, UnpaidRule, from_texts
from statusdesk.services import office
from statusdesk.services.settling import MOVED, pointless
from statusdesk.store import admitting, moves, selections, settings
from statusdesk.store import unpaid as store_unpaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from statusdesk.domain.changes import Selection
    from statusdesk.services.desk import Desk
    from statusdesk.store.moves import Progress
    from statusdesk.store.store import Store
    from statusdesk.store.unpaid import Spell

AUTHOR: Final = "StatusDesk"
CUT, RETURN = store_unpaid.CUT, "unpaid_return"
_UNTIL: Final = "unpaid.until."
_LOOKED: WeakKeyDictionary[Store, tuple[date, int]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class UnpaidStep:
    """What the rule did, as one change set: which accounts went into which status. On a dry run it has no id."""

    kind: str
    change_set: int | None
    accounts: Mapping[int, int]


def rule_of(store: Store) -> UnpaidRule | None:
    """Return the rule; None while it is off."""
    return from_texts(settings.beginning_with(store.db, "unpaid."), store.statuses.by_id())


def rests(store: Store) -> bool:
    """Say whether there is a rule that does nothing, because its status is no longer offered."""
    return bool(settings.beginning_with(store.db, "unpaid.target")) and rule_of(store) is None


def outlook(store: Store, at: int) -> list[Unpaid]:
    """Return who does not pay, and what comes next for each as things stand at an instant, longest first."""
    return _Look(store, at).all()


class _Look:
    """One look at all who do not pay."""

    def __init__(self, store: Store, at: int) -> None:
        self._zone = store.info.time_zone
        self._today = to_datetime(at, self._zone).date()
        self._statuses = store.statuses.by_id()
        self._rule = from_texts(settings.beginning_with(store.db, "unpaid."), self._statuses)
        self._time = _times(store)
        self._spells = store_unpaid.spells(store.db)
        target = None if self._rule is None else self._statuses[self._rule.target]
        asked = asked_fields(target) if target is not None else ()
        ids = [spell.account_id for spell in self._spells]
        self._lacking = admitting.lacking_of(store.db, ids, asked)

    def all(self) -> list[Unpaid]:
        return [self._seen(spell) for spell in self._spells]

    def _seen(self, spell: Spell) -> Unpaid:
        since = to_datetime(spell.since, self._zone).date()
        found = self._outlook(spell)
        until = self._time.get(spell.account_id, "")
        on = None
        paused = False
        if found is Outlook.WAITS and self._rule is not None:
            on = self._rule.cut_day(since, self._today, until)
            bare = UnpaidRule(self._rule.days, self._rule.target).cut_day(since, self._today, until)
            paused = on != bare
        return Unpaid(
            spell.account_id, spell.number, spell.title, spell.phone, spell.status_id, spell.since,
            since.isoformat(), spell.balance, found, "" if on is None else on.isoformat(), until, paused,
        )  # fmt: skip

    def _outlook(self, spell: Spell) -> Outlook:
        rule, status = self._rule, self._statuses[spell.status_id]
        if spell.placed:
            return Outlook.CUT
        if rule is None:
            return Outlook.OFF
        if not rule.concerns(status):
            return Outlook.OTHER
        if spell.cut:
            return Outlook.LEFT
        barred = barred_by(status, self._statuses[rule.target]) is not None
        return Outlook.HELD if barred or spell.account_id in self._lacking else Outlook.WAITS


def _times(store: Store) -> dict[int, str]:
    found = settings.beginning_with(store.db, _UNTIL)
    return {int(name.removeprefix(_UNTIL)): until for name, until in found.items()}


def apply_rule(desk: Desk, at: int, *, dry_run: bool) -> list[UnpaidStep]:
    """Return and cut who is due by the rule at an instant. Where nobody is, the write lock is not asked for.

    On a dry run this is within the transaction of whoever asks, who keeps nothing.
    """
    store = desk.store
    if dry_run:
        return _steps(desk, at, dry_run=True)
    seen = (to_datetime(at, store.info.time_zone).date(), store_unpaid.newest_change(store.db))
    if _LOOKED.get(store) == seen or rule_of(store) is None:
        return []
    with store.db.snapshot():
        due = _returning(store) or _cutting(store, at)
    if not due:
        _LOOKED[store] = seen
        return []
    with store.db.transaction():
        return _steps(desk, at, dry_run=False)


def _steps(desk: Desk, at: int, *, dry_run: bool) -> list[UnpaidStep]:
    rule = rule_of(desk.store)
    if rule is None:
        return []
    back = _move(desk, at, RETURN, _returning(desk.store), {})
    reason = f"Not paid for {rule.days} days" if rule.days != 1 else "Not paid for 1 day"
    cut = _move(desk, at, CUT, _cutting(desk.store, at), {"days": str(rule.days)}, reason)
    steps = [step for step in (back, cut) if step is not None]
    return [UnpaidStep(step.kind, None if dry_run else step.change_set, step.accounts) for step in steps]


def _returning(store: Store) -> dict[int, int]:
    """Return by account where the rule returns it to: the status of before, where the chosen one is not offered.

    Accounts of which neither is offered stay, and are left to a person.
    """
    rule, statuses = rule_of(store), store.statuses.by_id()
    if rule is None:
        return {}
    chosen = rule.back if rule.back is not None and statuses[rule.back].live else None
    homes = {
        account_id: before if chosen is None else chosen
        for account_id, before in store_unpaid.placed(store.db).items()
    }
    return {account_id: home for account_id, home in homes.items() if statuses[home].live}


def _cutting(store: Store, at: int) -> dict[int, int]:
    """Return by account where the rule puts it today."""
    rule, today = rule_of(store), to_datetime(at, store.info.time_zone).date().isoformat()
    if rule is None:
        return {}
    due = (each for each in outlook(store, at) if each.outlook is Outlook.WAITS and each.on == today)
    return {each.account_id: rule.target for each in due}


def _move(
    desk: Desk, at: int, kind: str, accounts: Mapping[int, int], facts: Mapping[str, str], reason: str = ""
) -> UnpaidStep | None:
    if not accounts:
        return None
    store = desk.store
    names = {status_id: status.name for status_id, status in store.statuses.by_id().items()}
    with store.writing(author=AUTHOR, kind=kind, at=at, reason=reason) as change:
        store.plans.propose((account_id, status_id, None) for account_id, status_id in accounts.items())
        written = store.move(change, moves.as_staged())
        into = ", ".join(sorted({names[status_id] for status_id in accounts.values()}))
        change.facts = {"status": into, "count": str(written.count), **facts}
        return UnpaidStep(kind, change.id, accounts)


def mark(
    desk: Desk,
    selection: Selection,
    *,
    delinquent: bool,
    settles: bool = False,
    reason: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Note that accounts do not pay, or that they paid; with `settles` they owe nothing from then on."""
    store, kind = desk.store, "mark_unpaid" if delinquent else "mark_paid"
    with store.change(author=desk.author, kind=kind, reason=reason, at=desk.clock(), keep=not dry_run) as change:
        before = store.totals(change.at)
        count = selections.fill(store.db, selection)
        store_unpaid.stage_mark(store.db, delinquent=delinquent, settles=settles)
        written = store.move(change, moves.as_staged(), progress)
        if settles:
            admitting.give(store.db, written, {"balance_due": 0}, instead=True)
        found = weigh(
            written.flows, store.statuses.by_id(), before,
            already=count - written.count, at=change.at, pointless=pointless(store, store.plans.moved(written)),
            levels=store.levels.moved(written),
        )  # fmt: skip
        change.facts = {"count": str(written.count)}
        change.keep = change.keep and bool(written.count)
        return Outcome(
            kind, change.kept_id, written.count, found.already, consequences=found, facts=change.facts,
            touched=MOVED if change.keep else Touched(),
        )  # fmt: skip


def give_time(desk: Desk, account_ids: Iterable[int], until: str) -> Outcome:
    """Let the rule leave accounts alone until the end of a day (ISO); an empty one takes that back."""
    day = parse_date(until) if until else ""
    today = to_datetime(desk.clock(), desk.store.info.time_zone).date().isoformat()
    if day and day < today:
        raise BadValue(field="Time until", value=day, reason="has passed; choose a later day")
    return office.put_settings(desk, {f"{_UNTIL}{account_id}": day for account_id in account_ids})
