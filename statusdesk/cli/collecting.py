"""`collections …`: who is with which agency since when, and handing accounts over and taking them back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_group, add_json, add_writing, text
from statusdesk.cli.choosing import add_which, check_which, selection_of
from statusdesk.cli.desks import at_desk, find_status, reading
from statusdesk.cli.output import plain, print_json, print_table
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text, tell
from statusdesk.domain.debts import Age, by_agency
from statusdesk.domain.instants import now, to_datetime
from statusdesk.services.collections import hand_over, only_status_for_debts, take_back
from statusdesk.services.records_out import amount
from statusdesk.store.collections import debts

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from statusdesk.cli.arguments import Commands
    from statusdesk.domain.debts import AgencyTotal, Debt

_AGES = {
    Age.MONTH: "0–30 days",
    Age.TWO_MONTHS: "31–60 days",
    Age.THREE_MONTHS: "61–90 days",
    Age.OLDER: "Over 90 days",
    Age.UNDATED: "No date",
}


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    verbs = add_group(
        commands, "collections", "See what agencies collect, hand accounts over, and take them back."
    )
    listed = add_command(verbs, "list", "List accounts of the stage Debt, and what they add up to.", _list)
    listed.add_argument("--agency", type=text, metavar="NAME", help="only with this agency")
    ages = [age.value for age in Age]
    listed.add_argument("--age", choices=ages, metavar="AGE", help=f"only of days ago: {', '.join(ages)}")
    add_json(listed)
    handing = add_command(verbs, "hand-over", "Hand accounts over to an agency; what they owe stays.", _hand_over)
    handing.add_argument("--agency", required=True, type=text, metavar="NAME", help="who collects")
    handing.add_argument("--on", type=text, metavar="DATE", help="the day (default: today)")
    handing.add_argument("--to", type=text, metavar="NAME", help="the status, where there are several for debts")
    add_which(handing)
    add_writing(handing)
    taking = add_command(
        verbs, "take-back", "Take accounts back from debt into a status; others are left alone.", _take_back
    )
    taking.add_argument("--to", required=True, type=text, metavar="NAME", help="the status that they get")
    add_which(taking)
    add_writing(taking)


def _list(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        today, currency = to_datetime(now(), store.info.time_zone).date().isoformat(), store.info.currency
        names = {status_id: status.name for status_id, status in store.statuses.by_id().items()}
        found = [
            debt
            for debt in debts(store.db)
            if args.agency in (None, debt.agency) and args.age in (None, debt.age(today).value)
        ]
    if args.json:
        print_json(
            {
                "number": debt.number, "name": debt.title, "status": names[debt.status_id], "agency": debt.agency,
                "handed_over_on": debt.handed_over_on, "days": debt.days(today), "age": debt.age(today),
                "balance_due": amount(debt.balance, currency),
            }
            for debt in found
        )  # fmt: skip
        return DONE
    _print(found, today, currency)
    return DONE


def _print(found: list[Debt], today: str, currency: str) -> None:
    if found:
        titles = {"number": "Number", "name": "Name", "agency": "Agency", "on": "Handed over", "days": "Days"}
        print_table(
            (
                {
                    "number": debt.number, "name": debt.title, "agency": debt.agency, "on": debt.handed_over_on,
                    "days": debt.days(today), "balance": amount(debt.balance, currency),
                }
                for debt in found
            ),
            titles | {"balance": f"Owed ({currency})"},
        )  # fmt: skip
        print()
        _print_totals(by_agency(found, today), currency)
    owed = amount(sum(debt.balance for debt in found), currency)
    print(f"{accounts_text(len(found))}, {plain(owed)} {currency} owed")


def _print_totals(totals: Iterable[AgencyTotal], currency: str) -> None:
    rows = list(totals)
    owed = Counter({age: sum(row.by_age[age] for row in rows) for age in Age})
    ages = [age for age in Age if age is not Age.UNDATED or owed[age]]
    print_table(
        (
            {
                "agency": row.agency,
                "accounts": len(row.account_ids),
                **{age.value: amount(row.by_age[age], currency) for age in ages},
                "owed": amount(row.balance, currency),
            }
            for row in rows
        ),
        {"agency": "Agency", "accounts": "Accounts"}
        | {age.value: _AGES[age] for age in ages}
        | {"owed": f"Owed ({currency})"},
    )
    print()


def _hand_over(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        store = desk.store
        target = find_status(store, args.to) if args.to else only_status_for_debts(store)
        day = args.on or to_datetime(now(), store.info.time_zone).date().isoformat()
        outcome = hand_over(
            desk, selection_of(args, store), target.id,
            agency=args.agency, day=day, reason=args.reason, dry_run=args.dry_run,
        )  # fmt: skip
        tell(args, store, outcome, status=target.name, agency=args.agency)
    return DONE


def _take_back(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        target = find_status(desk.store, args.to)
        selection = selection_of(args, desk.store)
        outcome = take_back(desk, selection, target.id, reason=args.reason, dry_run=args.dry_run)
        tell(args, desk.store, outcome, status=target.name)
    return DONE
