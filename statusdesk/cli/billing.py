"""`billing`: a month's billable days and amounts for the biller, and what changed since it was first billed."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json
from statusdesk.cli.desks import at_desk
from statusdesk.cli.output import plain, print_json, print_table
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text
from statusdesk.domain.billing import Method
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import iso
from statusdesk.services.billing import bill, check_month, record
from statusdesk.services.billing_records import change_records, line_records, write_bill
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands
    from statusdesk.services.billing import Bill

_LINES = {"number": "Number", "name": "Name", "days": "Days", "monthly_charge": "Monthly", "amount": "Amount"}
_CHANGES = {
    "number": "Number",
    "name": "Name",
    "days_before": "Days before",
    "days": "Days",
    "amount_before": "Before",
    "amount": "Amount",
    "why": "Why",
}


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "billing",
        "Work out a month's billable days and amounts for the biller.",
        _billing,
        more="The first run of a month is remembered; later ones tell what changed since, and why.",
    )
    parser.add_argument("--month", required=True, type=_month, metavar="YYYY-MM", help="the month")
    parser.add_argument(
        "--method",
        choices=[method.value for method in Method],
        default=Method.DAILY.value,
        help="prorate by the days of the month, not at all, or by 30 days (default: daily)",
    )
    parser.add_argument("--file", type=Path, metavar="FILE", help="write the lines to a .csv, .xlsx or .json file")
    parser.add_argument("--changes", action="store_true", help="print only what changed since the first run")
    parser.add_argument("--dry-run", action="store_true", help="do not remember this run")
    add_json(parser)


def _month(word: str) -> str:
    try:
        return check_month(word)
    except BadValue as error:
        raise ArgumentTypeError(str(error)) from None


def _billing(args: Namespace) -> int:
    with at_desk(args) as desk:
        made = bill(desk.store, args.month, Method(args.method), at=desk.clock())
        currency, zone = desk.store.info.currency, desk.store.info.time_zone
        if args.file:
            write_bill(args.file, made, currency)
        if not args.dry_run:
            record(desk, made)
    if args.json:
        print_json((change_records if args.changes else line_records)(made, currency))
        return DONE
    if not args.changes and not args.file and made.lines:
        print_table(line_records(made, currency), _LINES)
    if made.differences:
        print_table(change_records(made, currency), _CHANGES)
    _sum_up(made, currency, zone)
    return DONE


def _sum_up(made: Bill, currency: str, zone: str) -> None:
    unfinished = "" if made.finished else " (the month is not over)"
    total = plain(amount(made.total, currency))
    print(f"{made.month}{unfinished}: {accounts_text(len(made.lines))}, {total} {currency}")
    if made.earlier is not None:
        changed, when = len(made.differences), iso(made.earlier.made_at, zone)
        print(f"Since the first run ({when}, {made.earlier.author}): {accounts_text(changed)} changed")
