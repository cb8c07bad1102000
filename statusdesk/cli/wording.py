"""What a change did, or would do, in the words and the fields that every writing command prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.output import plain, print_json, printable
from statusdesk.domain import phrases
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from statusdesk.cli.output import Record, Value
    from statusdesk.domain.changes import Consequences, Outcome
    from statusdesk.store.store import Store

_SHOWN = 10


def accounts_text(number: int) -> str:
    """Say a number of accounts with its noun."""
    return "1 account" if number == 1 else f"{plain(number)} accounts"


def effect(*, activates: bool, winback: bool) -> str:
    """Say what a status does to its accounts."""
    does = "billed, service on" if activates else "not billed, service off"
    return f"{does}, may be won back" if winback else does


def tell(args: Namespace, store: Store, outcome: Outcome, notes: Sequence[str] = (), **more: Value) -> None:
    """Print what came of a change, as lines for people or as an object for programs."""
    if args.json:
        print_json([{**outcome_record(store, outcome, dry_run=args.dry_run), **more}])
        return
    for line in _lines(store, outcome, dry_run=args.dry_run):
        print(printable(line))
    if outcome.consequences and outcome.consequences.levels and store.has_targets():
        print("The network learns of it with the next `statusdesk publish`.")
    for note in notes:
        print(printable(note))


def outcome_record(store: Store, outcome: Outcome, *, dry_run: bool) -> Record:
    """Return the outcome as an object; amounts are the database's currency per month."""
    found = outcome.consequences
    left = [account.number for account in store.accounts.page(outcome.left)]
    statuses = store.statuses.by_id()
    currency = store.info.currency
    return {
        "action": outcome.kind,
        "dry_run": dry_run,
        "change_set": None if dry_run else outcome.change_set,
        "accounts": found.changed if found else 0,
        "already_there": outcome.already,
        "starts_billing": found.starts_billing if found else 0,
        "stops_billing": found.stops_billing if found else 0,
        "pointless_plans": found.pointless if found else 0,
        "held_back": found.held if found else 0,
        "revenue_before": amount(found.before.revenue, currency) if found else None,
        "revenue_after": amount(found.after.revenue, currency) if found else None,
        "left": list(left),
        "left_statuses": [statuses[status_id].name for status_id in outcome.left_statuses],
    }


_WHY_LEFT = {
    "plan_applied": "closed, or the status is no longer offered",
    "plan_extended": "not away, or nobody knows where they return to",
    "plan_returned": "not away, or nobody knows where they return to",
}


def _lines(store: Store, outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    yield headline(outcome, dry_run=dry_run)
    if outcome.consequences:
        yield from consequence_lines(outcome.consequences, store.info.currency)
    if outcome.left:
        numbers = [account.number for account in store.accounts.page(outcome.left)]
        why = _WHY_LEFT.get(outcome.kind, "changed again since")
        yield f"Left alone, because {why}: {some(numbers, len(outcome.left))}"
    if outcome.left_statuses:
        names = [store.statuses.by_id()[status_id].name for status_id in outcome.left_statuses]
        yield f"Left alone, because changed or used since: {some(names, len(names))}"


def headline(outcome: Outcome, *, dry_run: bool) -> str:
    """Say in one sentence what was done, would be done, or needed no doing."""
    if outcome.kind == "reassign" and not outcome.changed and not outcome.already:
        return "No account matches, so nothing is changed."
    if outcome.change_set is None and not (dry_run and _would_change(outcome)):
        return "Nothing to change: it is like that already."
    facts = _written(outcome.facts)
    if not dry_run:
        return f"{phrases.fact(outcome.kind, facts)}."
    if outcome.kind in ("undo", "redo"):
        verb = "Undo" if outcome.kind == "undo" else "Do again"
        return f"Dry run, nothing is changed: {verb}: {phrases.fact(facts['of'], facts)}."
    return f"Dry run, nothing is changed: {phrases.deed(outcome.kind, facts)}."


def _written(facts: Mapping[str, str]) -> dict[str, str]:
    number = facts.get("count", "")
    return {**facts, "count": plain(int(number))} if number else dict(facts)


def _would_change(outcome: Outcome) -> bool:
    """Say whether a verb that was tried would write: all but moves of accounts change something besides those."""
    if outcome.changed or outcome.kind in ("reassign", "import"):
        return outcome.changed > 0
    return not (outcome.already or outcome.left or outcome.left_statuses)


def consequence_lines(found: Consequences, currency: str, *, already: bool = True) -> Iterator[str]:
    """Say what a change does to billing, service, revenue and peak, leaving out what stays."""
    if found.already and already:
        yield f"Already there: {plain(found.already)}"
    if found.held:
        yield f"Held back by the rules of their status: {plain(found.held)}"
    if found.starts_billing:
        yield f"Billing and service start: {plain(found.starts_billing)}"
    if found.stops_billing:
        yield f"Billing and service stop: {plain(found.stops_billing)}"
    if found.revenue_change:
        before, after = (plain(amount(totals.revenue, currency)) for totals in (found.before, found.after))
        sign = "+" if found.revenue_change > 0 else ""
        change = sign + plain(amount(found.revenue_change, currency))
        yield f"Monthly revenue: {before} → {after} {currency} ({change})"
    for flow in found.levels:
        yield f"Service level {flow.old_name or '(none)'} → {flow.new_name or '(none)'}: {plain(flow.accounts)}"
    if found.pointless:
        yield f"Planned changes that become pointless: {plain(found.pointless)}"
    if found.before.peak.accounts != found.after.peak.accounts:
        peaks = " → ".join(plain(totals.peak.accounts) for totals in (found.before, found.after))
        yield f"Peak of {found.after.peak.month}: {peaks}"


def some(names: Sequence[str], total: int) -> str:
    """Name the first ten, and say how many more there are."""
    shown = ", ".join(names[:_SHOWN])
    return shown if total <= _SHOWN else f"{shown} and {total - _SHOWN} more"
