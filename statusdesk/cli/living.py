"""`disconnect` and `install …`: accounts end for a reason; installations are done, failed, or still to come."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_group, add_json, add_writing, text
from statusdesk.cli.choosing import accounts_named
from statusdesk.cli.desks import at_desk, find_status, reading
from statusdesk.cli.output import print_json, print_table
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text, tell
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import day_of, now, parse_date
from statusdesk.domain.worklists import InstallView
from statusdesk.services import ending, installs, worklists
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.domain.worklists import Install
    from statusdesk.store.store import Store


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    parser = add_command(
        commands,
        "disconnect",
        "End accounts, with a reason from the office's list.",
        _disconnect,
        more="They come into the status that the office set for that (at first Inactive), or into another one.",
    )
    _add_numbers(parser)
    parser.add_argument(
        "--status", type=text, metavar="NAME", help="another status of the stage Ended than the one that is set"
    )
    add_writing(parser)
    verbs = add_group(commands, "install", "Record how installations went, and see which are to come.")
    done = add_command(verbs, "done", "Record that accounts are installed; billing and service start.", _done)
    _add_numbers(done)
    done.add_argument("--on", type=_day, metavar="DATE", help="the day of it (default: today)")
    done.add_argument(
        "--status", type=text, metavar="NAME", help="another activating status than the one that is set"
    )
    add_writing(done)
    failed = add_command(
        verbs,
        "failed",
        "Record that an attempt to install failed; --reason is one from the office's list.",
        _failed,
    )
    _add_numbers(failed)
    failed.add_argument("--next", type=_day, metavar="DATE", help="the day of the next attempt")
    failed.add_argument("--status", type=text, metavar="NAME", help="another status than the one that is set")
    add_writing(failed)
    listed = add_command(verbs, "list", "List the installations to come by day, overdue ones first.", _list)
    listed.add_argument(
        "--only",
        choices=[view.value for view in InstallView],
        metavar="LIST",
        help=f"one of {', '.join(InstallView)} (default: all)",
    )
    add_json(listed)


def _add_numbers(parser: ArgumentParser) -> None:
    parser.add_argument("numbers", nargs="+", type=text, metavar="NUMBER", help="the account's number")


def _day(word: str) -> str:
    try:
        return parse_date(word)
    except BadValue:
        raise ArgumentTypeError(f"{word!r} is not a date such as 2026-12-01") from None


def _status(args: Namespace, store: Store) -> int | None:
    return find_status(store, args.status).id if args.status else None


def _disconnect(args: Namespace) -> int:
    with at_desk(args) as desk:
        store = desk.store
        outcome = ending.disconnect(
            desk, accounts_named(store, args.numbers), reason=args.reason,
            status_id=_status(args, store), dry_run=args.dry_run,
        )  # fmt: skip
        tell(args, store, outcome, status=outcome.facts["status"], reason=args.reason)
    return DONE


def _done(args: Namespace) -> int:
    with at_desk(args) as desk:
        store = desk.store
        outcome = installs.done(
            desk, accounts_named(store, args.numbers), on=args.on or "", reason=args.reason,
            status_id=_status(args, store), dry_run=args.dry_run,
        )  # fmt: skip
        tell(args, store, outcome, status=outcome.facts["status"])
    return DONE


def _failed(args: Namespace) -> int:
    with at_desk(args) as desk:
        store = desk.store
        outcome = installs.failed(
            desk, accounts_named(store, args.numbers), reason=args.reason, next_on=args.next or "",
            status_id=_status(args, store), dry_run=args.dry_run,
        )  # fmt: skip
        tell(args, store, outcome, reason=args.reason, next=args.next)
    return DONE


def _list(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        today = day_of(now(), store.info.time_zone)
        views = [InstallView(args.only)] if args.only else list(InstallView)
        found = [each for each in worklists.installs(store) if each.view(today) in views]
        found.sort(key=lambda each: (views.index(each.view(today)), each.install_on or "9", each.number))
        if args.json:
            print_json(_record(each, store, today) for each in found)
            return DONE
        if found:
            titles = {"when": "When", "install_on": "Day", "number": "Number", "name": "Name", "city": "City"}
            titles |= {
                "phone": "Phone",
                "status": "Status",
                "attempts": "Failed",
                "reason": "Why",
            }
            print_table((_record(each, store, today) for each in found), titles)
        print(accounts_text(len(found)))
    return DONE


def _record(each: Install, store: Store, today: str) -> Record:
    return {
        "when": each.view(today).value,
        "install_on": each.install_on,
        "number": each.number,
        "name": each.name,
        "address": each.address,
        "city": each.city,
        "phone": each.phone,
        "status": store.statuses.by_id()[each.status_id].name,
        "monthly_charge": amount(each.charge, store.info.currency),
        "attempts": each.attempts,
        "reason": each.reason,
    }
