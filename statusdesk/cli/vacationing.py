"""`vacation …`: accounts are sent away, given another return, brought back, and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_group, add_json, add_writing, text
from statusdesk.cli.choosing import add_which, check_which, selection_of
from statusdesk.cli.desks import at_desk, find_status, reading
from statusdesk.cli.output import print_json, print_table
from statusdesk.cli.planning import NOW_WORD, WHEN_HELP, when
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text, tell
from statusdesk.domain import money
from statusdesk.domain.instants import day_of, iso, local_text, parse_instant
from statusdesk.domain.plans import FLAG_TEXTS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.domain.records import Status
    from statusdesk.store.planned import Away
    from statusdesk.store.store import Store


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    verbs = add_group(commands, "vacation", "Send accounts on vacation, set their return, bring them back.")
    leave = add_command(
        verbs,
        "leave",
        "Send accounts on vacation; they return to the status that they leave from.",
        _leave,
    )
    leave.add_argument("--to", required=True, type=text, metavar="NAME", help="the status while they are away")
    leave.add_argument("--on", default=NOW_WORD, type=when, metavar="WHEN", help=f"{WHEN_HELP} (default: now)")
    leave.add_argument("--back", type=when, metavar="WHEN", help="when they return (default: not known yet)")
    leave.add_argument("--yearly", action="store_true", help="every year again")
    leave.add_argument("--charge", type=text, metavar="AMOUNT", help="the monthly charge while they are away")
    extend = add_command(verbs, "extend", "Set another return, this once.", _extend)
    extend.add_argument("--back", required=True, type=when, metavar="WHEN", help=WHEN_HELP)
    _add_home(extend)
    back = add_command(verbs, "return", "Bring accounts that are away back now.", _return)
    _add_home(back)
    for parser in (leave, extend, back):
        add_which(parser)
        add_writing(parser)
    add_json(add_command(verbs, "list", "List who is away, those first who return first.", _list))


def _add_home(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--home", type=text, metavar="NAME", help="the status of those whose history does not tell where they left"
    )


def _leave(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        store, target = desk.store, find_status(desk.store, args.to)
        outcome = desk.plan_vacation(
            selection_of(args, store),
            target.id,
            leave_at=_instant(args.on, store),
            return_at=_instant(args.back, store),
            yearly=args.yearly,
            charge=money.parse(args.charge, store.info.currency) if args.charge else None,
            reason=args.reason,
            dry_run=args.dry_run,
        )
        tell(args, store, outcome, status=target.name)
    return DONE


def _instant(word: str | None, store: Store) -> int | None:
    return None if word in (None, NOW_WORD) else parse_instant(str(word), store.info.time_zone)


def _extend(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        store = desk.store
        due_at = _instant(args.back, store) or desk.clock()
        outcome = desk.extend(
            selection_of(args, store), due_at, home=_home(args, store), reason=args.reason, dry_run=args.dry_run
        )
        tell(args, store, outcome)
    return DONE


def _return(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        store = desk.store
        outcome = desk.return_now(
            selection_of(args, store), home=_home(args, store), reason=args.reason, dry_run=args.dry_run
        )
        tell(args, store, outcome)
    return DONE


def _home(args: Namespace, store: Store) -> int | None:
    return find_status(store, args.home).id if args.home else None


def _list(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        away, statuses, zone = store.planned.away(), store.statuses.by_id(), store.info.time_zone
    if args.json:
        print_json(_record(one, statuses, zone) for one in away)
        return DONE
    if away:
        titles = {"returns": f"Returns ({zone})", "number": "Number", "name": "Name", "status": "Status"}
        titles |= {"to": "Returns to", "since": "Away since", "flag": "In its way"}
        print_table((_line(one, statuses, zone) for one in away), titles)
    print(accounts_text(len(away)))
    return DONE


def _record(one: Away, statuses: Mapping[int, Status], zone: str) -> Record:
    return {
        "number": one.number,
        "name": one.title,
        "status": statuses[one.status_id].name,
        "since": iso(one.since, zone),
        "plan": one.plan_id,
        "returns_at": None if one.return_at is None else iso(one.return_at, zone),
        "returns_to": None if one.return_to is None else statuses[one.return_to].name,
        "flag": one.flag,
    }


def _line(one: Away, statuses: Mapping[int, Status], zone: str) -> Record:
    return {
        "returns": "" if one.return_at is None else local_text(one.return_at, zone),
        "number": one.number,
        "name": one.title,
        "status": statuses[one.status_id].name,
        "to": "" if one.return_to is None else statuses[one.return_to].name,
        "since": day_of(one.since, zone),
        "flag": "" if one.flag is None else FLAG_TEXTS[one.flag],
    }
