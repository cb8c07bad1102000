"""`statuses`, `accounts` and `history`: what a database holds, as tables or as JSON."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json, count, text
from statusdesk.cli.desks import reading, status_ids
from statusdesk.cli.output import plain, print_json, print_table
from statusdesk.cli.wording import accounts_text
from statusdesk.domain.changes import Matching
from statusdesk.domain.errors import NoSuchAccount
from statusdesk.domain.fields import FIELD, Kind, plain_value
from statusdesk.domain.instants import iso, local_text, to_datetime
from statusdesk.services.records_out import account_records, amount, status_records

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record, Value
    from statusdesk.domain.records import DatabaseInfo, Status, TimelineEntry

_EVERY_STEP = 1_000_000
_PREFIXES = {"import": "Import", "undo": "Undone", "redo": "Done again"}


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    statuses = add_command(commands, "statuses", "List the statuses with their accounts.", _statuses)
    add_json(statuses)
    accounts = add_command(commands, "accounts", "List accounts by number.", _accounts)
    accounts.add_argument(
        "--status", action="append", type=text, metavar="NAME", help="only with this status (repeatable)"
    )
    accounts.add_argument(
        "--search",
        type=text,
        default="",
        help="only with all these words in number, name, phone, e-mail, city, address",
    )
    accounts.add_argument("--limit", type=count, metavar="N", help="no more than so many")
    add_json(accounts)
    history = add_command(commands, "history", "Show what happened to an account, newest first.", _history)
    history.add_argument("number", type=text, metavar="NUMBER", help="the account's number")
    add_json(history)


def _statuses(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        records = list(status_records(store))
        currency = store.info.currency
    if args.json:
        print_json(records)
        return 0
    titles = {"name": "Status", "stage": "Stage", "activates": "Billed, served", "shape": "Shape"}
    titles |= {"colour": "Colour", "accounts": "Accounts", "monthly_charge": f"Monthly charge ({currency})"}
    if any(record["retired"] for record in records):
        titles["retired"] = "Retired"
    print_table(records, titles)
    return 0


def _accounts(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        selection = Matching(status_ids(store, args.status), args.search)
        records = islice(account_records(store, selection), args.limit)
        if args.json:
            print_json(records)
            return 0
        found = store.accounts.count(selection)
        shown = found if args.limit is None else min(found, args.limit)
        if shown:
            titles = {"number": "Number", "name": "Name", "status": "Status", "city": "City"}
            print_table(records, titles | {"monthly_charge": f"Monthly charge ({store.info.currency})"})
    print(f"{plain(shown)} of {accounts_text(found)}" if shown < found else accounts_text(found))
    return 0


def _history(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        account = store.accounts.by_number(args.number)
        if account is None:
            raise NoSuchAccount(number=args.number)
        entries = store.journal.timeline(account.id, store.statuses.by_id(), limit=_EVERY_STEP)
        info = store.info
    if args.json:
        print_json(_step(entry, info) for entry in entries)
        return 0
    titles = {"when": f"When ({info.time_zone})", "what": "What happened", "who": "Who", "why": "Why"}
    print_table((_line(entry, info) for entry in entries), titles | {"change_set": "Change set"})
    return 0


def _step(entry: TimelineEntry, info: DatabaseInfo) -> Record:
    return {
        "change_set": entry.change_set_id,
        "action": entry.kind,
        "recorded_at": iso(entry.recorded_at, info.time_zone),
        "effective_at": iso(entry.effective_at, info.time_zone),
        "author": entry.author,
        "reason": entry.reason,
        "old_status": _name(entry.old_status),
        "new_status": _name(entry.new_status),
        "old_monthly_charge": amount(entry.old_charge, info.currency),
        "new_monthly_charge": amount(entry.new_charge, info.currency),
        "old_delinquent": entry.old_delinquent,
        "new_delinquent": entry.new_delinquent,
        "planned_by": entry.planned.planned_by if entry.planned else None,
        "planned_at": iso(entry.planned.planned_at, info.time_zone) if entry.planned else None,
        "fields": [
            {
                "field": change.field,
                "old": _field_value(change.field, change.old, info.currency),
                "new": _field_value(change.field, change.new, info.currency),
            }
            for change in entry.fields
        ],
    }


def _name(status: Status | None) -> str | None:
    return None if status is None else status.name


def _field_value(field: str, text: str, currency: str) -> Value:
    value = plain_value(field, text)
    return amount(int(value), currency) if FIELD[field].kind is Kind.MONEY else value


def _line(entry: TimelineEntry, info: DatabaseInfo) -> Record:
    what = "; ".join(_happenings(entry, info.currency, info.time_zone))
    return {
        "when": to_datetime(entry.effective_at, info.time_zone).strftime("%Y-%m-%d %H:%M"),
        "what": f"{_PREFIXES[entry.kind]}: {what}" if entry.kind in _PREFIXES else what,
        "who": entry.author,
        "why": entry.reason,
        "change_set": entry.change_set_id,
    }


def _happenings(entry: TimelineEntry, currency: str, zone: str) -> Iterator[str]:
    """Say each thing that the step changed."""
    if entry.new_status is None:
        yield "closed"
        return
    if entry.old_status is None:
        yield f"added as {entry.new_status.name}"
    elif entry.old_status.id != entry.new_status.id:
        yield f"{entry.old_status.name} → {entry.new_status.name}"
    charges = [plain(amount(charge, currency)) for charge in (entry.old_charge, entry.new_charge)]
    if entry.old_status and entry.old_charge != entry.new_charge:
        yield f"{FIELD['monthly_charge'].label} {charges[0]} → {charges[1]}"
    if entry.old_status and entry.old_delinquent != entry.new_delinquent:
        yield "delinquent" if entry.new_delinquent else "no longer delinquent"
    if entry.planned:
        yield f"planned by {entry.planned.planned_by} on {local_text(entry.planned.planned_at, zone)}"
    for change in entry.fields if entry.old_status else ():
        old, new = (plain(_field_value(change.field, text, currency)) for text in (change.old, change.new))
        yield f"{FIELD[change.field].label} {old} → {new}"
