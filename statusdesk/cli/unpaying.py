"""`unpaid …`: who does not pay and what comes next; marks, payments, and the rule, shown and set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, add_command, add_group, add_json, add_writing, count, text
from statusdesk.cli.choosing import add_which, check_which, selection_of
from statusdesk.cli.desks import at_desk, find_status, reading
from statusdesk.cli.output import print_json, print_table
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text, tell
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import iso, now, to_datetime
from statusdesk.domain.unpaid import Outlook, RestDays, Unpaid, UnpaidRule, as_texts, may_be_target, parse_dates
from statusdesk.services.office import put_settings
from statusdesk.services.records_out import amount
from statusdesk.services.unpaid import mark, outlook, rule_of

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands
    from statusdesk.store.store import Store

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEXT = {
    Outlook.CUT: "comes back once it has paid",
    Outlook.LEFT: "left alone, as somebody decided",
    Outlook.HELD: "held back by the rules of statuses",
    Outlook.OTHER: "not in service and billed",
    Outlook.OFF: "no rule is set",
}


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    verbs = add_group(commands, "unpaid", "See who does not pay, mark them, and set the rule for them.")
    add_json(add_command(verbs, "list", "List who does not pay, and what comes next.", _list))
    marking = add_command(verbs, "mark", "Note that accounts do not pay.", _mark)
    add_which(marking)
    add_writing(marking)
    paying = add_command(verbs, "paid", "Note that accounts have paid.", _paid)
    paying.add_argument("--keep-balance", action="store_true", help="what they owe stays noted")
    add_which(paying)
    add_writing(paying)
    _declare_rule(verbs)


def _declare_rule(verbs: Commands) -> None:
    rule = add_command(
        verbs, "rule", "Show or set what becomes of those who do not pay; `due` carries it out.", _rule
    )
    rule.add_argument("--off", action="store_true", help="have no rule")
    rule.add_argument("--days", type=count, metavar="N", help="after so many days")
    rule.add_argument("--to", type=text, metavar="NAME", help="they get this status")
    rule.add_argument("--back", type=text, metavar="NAME", help="and this one once they paid (default: as before)")
    rule.add_argument(
        "--not-on",
        action="append",
        type=text,
        default=[],
        metavar="DAY",
        help=f"nobody is cut on this day (repeatable): {', '.join(_WEEKDAYS)}, 2026-12-31, 12-24 (every year)",
    )
    add_json(rule)


def _list(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        found, rule, statuses, info = outlook(store, now()), rule_of(store), store.statuses.by_id(), store.info
    today = to_datetime(now(), info.time_zone).date().isoformat()
    if args.json:
        print_json(
            {
                "number": row.number, "name": row.title, "status": statuses[row.status_id].name,
                "since": iso(row.since, info.time_zone), "days": row.days(today),
                "balance_due": amount(row.balance, info.currency), "next": row.outlook,
                "target": statuses[rule.target].name if rule and row.on else None, "on": row.on or None,
                "has_time_until": row.until or None, "paused": row.paused,
            }
            for row in found
        )  # fmt: skip
        return DONE
    if found:
        target = statuses[rule.target].name if rule else ""
        titles = {"number": "Number", "name": "Name", "status": "Status", "since": "Since", "days": "Days"}
        print_table(
            (
                {
                    "number": row.number, "name": row.title, "status": statuses[row.status_id].name,
                    "since": row.since_day, "days": row.days(today), "owed": amount(row.balance, info.currency),
                    "next": _next(row, target),
                }
                for row in found
            ),
            titles | {"owed": f"Owed ({info.currency})", "next": "Next"},
        )  # fmt: skip
    print(accounts_text(len(found)))
    return DONE


def _next(row: Unpaid, target: str) -> str:
    if row.outlook is not Outlook.WAITS:
        return _NEXT[row.outlook]
    return f"→ {target} on {row.on}" if row.on else "there is no day on which anybody is cut"


def _mark(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        selection = selection_of(args, desk.store)
        tell(args, desk.store, mark(desk, selection, delinquent=True, reason=args.reason, dry_run=args.dry_run))
    return DONE


def _paid(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        outcome = mark(
            desk, selection_of(args, desk.store),
            delinquent=False, settles=not args.keep_balance, reason=args.reason, dry_run=args.dry_run,
        )  # fmt: skip
        tell(args, desk.store, outcome)
    return DONE


def _rule(args: Namespace) -> int:
    sets = args.days is not None or args.to is not None
    if args.off and sets:
        raise WrongUsage("--off goes with nothing else.")
    if sets and (args.days is None or args.to is None):
        raise WrongUsage("A rule needs both --days and --to.")
    if sets or args.off:
        with at_desk(args) as desk:
            put_settings(desk, as_texts(None if args.off else _wanted(args, desk.store)))
            _show(args, desk.store)
    else:
        with reading(args) as store:
            _show(args, store)
    return DONE


def _wanted(args: Namespace, store: Store) -> UnpaidRule:
    target = find_status(store, args.to)
    if not may_be_target(target):
        raise BadValue(field="status", value=target.name, reason="cannot take those who do not pay")
    back = find_status(store, args.back).id if args.back else None
    words = [word.lower() for word in args.not_on]
    weekdays = frozenset(_WEEKDAYS.index(word) for word in words if word in _WEEKDAYS)
    dates = parse_dates(" ".join(word for word in words if word not in _WEEKDAYS))
    return UnpaidRule(args.days, target.id, back, RestDays(weekdays, dates))


def _show(args: Namespace, store: Store) -> None:
    rule, statuses = rule_of(store), store.statuses.by_id()
    kept = RestDays() if rule is None else rule.rest
    rest = [*(_WEEKDAYS[day] for day in sorted(kept.weekdays)), *sorted(kept.dates)]
    if args.json:
        print_json(
            []
            if rule is None
            else [
                {
                    "days": rule.days,
                    "status": statuses[rule.target].name,
                    "back": None if rule.back is None else statuses[rule.back].name,
                    "not_on": rest,
                }
            ]
        )
    elif rule is None:
        print("No rule is set.")
    else:
        back = "the status of before" if rule.back is None else statuses[rule.back].name
        print(f"After {rule.days} days of not paying: {statuses[rule.target].name}. Once paid: {back}.")
        print(f"Nobody is cut on: {', '.join(rest) or '—'}")
