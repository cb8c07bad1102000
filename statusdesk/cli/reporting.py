"""`report …`: how the accounts are distributed over statuses and stages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json
from statusdesk.cli.desks import reading
from statusdesk.cli.output import print_json, print_table, printable
from statusdesk.domain.distribution import WHOLE, shares
from statusdesk.domain.records import STAGES
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from statusdesk.cli.arguments import Commands
    from statusdesk.domain.records import StatusLine
    from statusdesk.services.records_out import Record


@dataclass(frozen=True, slots=True)
class _Row:
    """A status or a stage with its accounts and their monthly charges in minor units."""

    name: str
    more: Record
    accounts: int
    charge: int


def add_to(commands: Commands) -> None:
    """Declare the command `report` with its own commands."""
    report = commands.add_parser(
        "report", help="Print a report.", description="Print a report.", allow_abbrev=False
    )
    reports = report.add_subparsers(title="reports", metavar="REPORT", required=True)
    distribution = add_command(
        reports,
        "distribution",
        "How many accounts each status and each stage has, their share, and what they are charged a month.",
        _distribution,
    )
    distribution.add_argument(
        "--by",
        choices=("status", "stage"),
        help="only one of the two tables (in files and JSON: by status)",
    )
    distribution.add_argument("--csv", type=Path, metavar="FILE.csv", help="write it to a file instead")
    add_json(distribution)


def _distribution(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        lines = [line for line in store.statuses.lines() if line.status.live or line.accounts]
        currency = store.info.currency
    if args.json or args.csv:
        records = _records(_by_stage(lines) if args.by == "stage" else _by_status(lines), currency)
        _save(args.csv, records) if args.csv else print_json(records)
        return 0
    if args.by != "stage":
        _print(_by_status(lines), {"name": "Status", "stage": "Stage", "activates": "Billed, served"}, currency)
    if args.by is None:
        print()
    if args.by != "status":
        _print(_by_stage(lines), {"name": "Stage"}, currency)
    return 0


def _save(path: Path, records: list[Record]) -> None:
    from statusdesk.services.exchange.writing import write_records

    write_records(path, list(records[0]), records, sheet="Distribution")
    print(printable(f"Wrote the distribution to {path}."))


def _by_status(lines: Iterable[StatusLine]) -> list[_Row]:
    return [
        _Row(
            line.status.name,
            {"stage": line.status.stage.label, "activates": line.status.activates},
            line.accounts,
            line.charge,
        )
        for line in lines
    ]


def _by_stage(lines: list[StatusLine]) -> list[_Row]:
    found = ((stage, [line for line in lines if line.status.stage is stage]) for stage in STAGES)
    return [
        _Row(stage.label, {}, sum(line.accounts for line in inside), sum(line.charge for line in inside))
        for stage, inside in found
        if inside
    ]


def _records(rows: list[_Row], currency: str) -> list[Record]:
    """Return the rows as records; a share is a percentage with one digit, and all of them make 100.0."""
    parts = shares(row.accounts for row in rows)
    return [
        {
            "name": row.name,
            **row.more,
            "accounts": row.accounts,
            "share": _percentage(tenths),
            "monthly_charge": amount(row.charge, currency),
        }
        for row, tenths in zip(rows, parts, strict=True)
    ]


def _percentage(tenths: int) -> Decimal:
    return Decimal(tenths).scaleb(-1)


def _print(rows: list[_Row], titles: dict[str, str], currency: str) -> None:
    accounts, charge = sum(row.accounts for row in rows), sum(row.charge for row in rows)
    total = {
        "name": "All",
        "stage": None,
        "activates": None,
        "accounts": accounts,
        "share": _percentage(WHOLE if accounts else 0),
        "monthly_charge": amount(charge, currency),
    }
    titles = {
        **titles,
        "accounts": "Accounts",
        "share": "Share %",
        "monthly_charge": f"Monthly charge ({currency})",
    }
    print_table([*_records(rows, currency), total], titles)
