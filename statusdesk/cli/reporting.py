"""`report …`: each of the managers' reports as a table, as JSON, as a file, or as pages."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import JSON_HELP, WrongUsage, add_command, text
from statusdesk.cli.desks import reading
from statusdesk.cli.output import plain, print_json, print_table, printable
from statusdesk.domain.distribution import WHOLE
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import parse_date
from statusdesk.domain.periods import Step
from statusdesk.domain.scopes import Dimension, Scope
from statusdesk.services.records_out import amount
from statusdesk.services.report_notes import notes_of
from statusdesk.services.report_requests import SPANNING, STEPPED, TITLES, Kind, Request, answer
from statusdesk.services.report_words import COLUMNS, SELDOM, fields_of, is_money, records_of
from statusdesk.services.reports.records import percentage

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands, Parser
    from statusdesk.services.records_out import Record
    from statusdesk.services.report_notes import Note
    from statusdesk.services.report_requests import Answer

_WHAT = {
    Kind.DISTRIBUTION: "How many accounts each status and each stage has, their share, and their monthly charges.",
    Kind.OVER_TIME: "The distribution at the end of each day, week or month.",
    Kind.MATRIX: "How many accounts went from each status to each between two days.",
    Kind.MOVEMENT: "Activations, disconnections and pauses by month, and the churn.",
    Kind.REVENUE: "The monthly revenue now, committed, and expected by the office's own past.",
    Kind.PEAK: "The most billed accounts at any moment of each month, and the room below the licence limit.",
    Kind.GROWTH: "Installs due by week, planned starts and stops, and what came true of earlier weeks.",
    Kind.STUCK: "Accounts that are longer in a status than its limit, or than is usual there.",
    Kind.GHOSTS: "Accounts not billed that still cost something, and billed ones that pay nothing.",
}
_FILTERS = {"--type": Dimension.ACCOUNT_TYPE, "--city": Dimension.CITY, "--source": Dimension.LEAD_SOURCE}


def add_to(commands: Commands) -> None:
    """Declare the command `report` with its own commands."""
    report = commands.add_parser(
        "report", help="Print a report.", description="Print a report.", allow_abbrev=False
    )
    reports = report.add_subparsers(title="reports", metavar="REPORT", required=True)
    for kind in Kind:
        parser = add_command(reports, kind.value, _WHAT[kind], _report)
        parser.set_defaults(kind=kind, on=None, first=None, last=None, step=None, by=None)
        _add_days(parser, kind)
        _add_scope(parser)
        _add_output(parser)


def _add_days(parser: Parser, kind: Kind) -> None:
    if kind is Kind.DISTRIBUTION:
        parser.add_argument("--on", type=day, metavar="DATE", help="on this day, past or to come, instead of now")
        parser.add_argument(
            "--by",
            choices=("status", "stage"),
            help="only one of the two tables (in files and JSON: by status)",
        )
    if kind in SPANNING:
        parser.add_argument("--from", type=day, dest="first", metavar="DATE", help="the first day")
        parser.add_argument("--to", type=day, dest="last", metavar="DATE", help="the last day (default: today)")
    if kind in STEPPED:
        parser.add_argument(
            "--by", dest="step", choices=[step.value for step in Step], default=Step.MONTH, help="default: month"
        )


def _add_scope(parser: Parser) -> None:
    scope = parser.add_argument_group("which accounts")
    for option, dimension in _FILTERS.items():
        scope.add_argument(
            option,
            dest=dimension.value,
            type=text,
            action="append",
            metavar="VALUE",
            help=f"only with this {dimension.label.lower()} ('' for none); may be repeated",
        )
    scope.add_argument(
        "--split",
        choices=[option.removeprefix("--") for option in _FILTERS],
        help="one report for each type, city or lead source",
    )


def _add_output(parser: Parser) -> None:
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help=JSON_HELP)
    output.add_argument("--csv", type=Path, metavar="FILE.csv", help="write it to a file instead")
    output.add_argument("--xlsx", type=Path, metavar="FILE.xlsx", help="write a workbook with its chart")
    output.add_argument("--pdf", type=Path, metavar="FILE.pdf", help="write pages with its chart; needs no screen")


def day(word: str) -> str:
    """Take an ISO date, or the word today."""
    if word == "today":
        return date.today().isoformat()
    try:
        return parse_date(word)
    except BadValue:
        raise ArgumentTypeError(f"{word!r} is not a date such as 2026-11-22") from None


def request_of(args: Namespace) -> Request:
    """Return what was asked for. Raises `WrongUsage` where the days make no sense."""
    if args.first and args.last and args.first > args.last:
        raise WrongUsage(f"--from {args.first} is after --to {args.last}.")
    values = (getattr(args, dimension.value) for dimension in Dimension)
    return Request(
        args.kind,
        args.first or "",
        args.last or args.on or "",
        Step(args.step or Step.MONTH),
        Scope(*(None if found is None else frozenset(found) for found in values)),
        _FILTERS[f"--{args.split}"] if args.split else None,
        stages=args.by == "stage",
    )


def said(path: Path, kind: Kind) -> str:
    """Return the line that tells where a report was written."""
    return printable(f"Wrote the report “{TITLES[kind]}” to {path}.")


def _report(args: Namespace) -> int:
    request = request_of(args)
    with reading(args) as store:
        found = answer(store, request)
    if args.json:
        print_json(records_of(found))
        return 0
    if args.csv or args.xlsx:
        _write(args, found)
        return 0
    _print(found)
    if request.kind is Kind.DISTRIBUTION and not args.by:
        print()
        _print(replace(found, request=replace(request, stages=True)))
    if request.kind is not Kind.DISTRIBUTION or request.last:
        print()
        for note in notes_of(found):
            print(printable(_sentence(note)))
    return 0


def _write(args: Namespace, found: Answer) -> None:
    from statusdesk.services.report_files import write_report

    path, ending = (args.csv, ".csv") if args.csv else (args.xlsx, ".xlsx")
    if path.suffix.lower() != ending:
        raise WrongUsage(f"--{ending[1:]} needs a name that ends in {ending}.")
    write_report(path, found)
    print(said(path, found.request.kind))


def _print(found: Answer) -> None:
    records = records_of(found)
    fields = [name for name in fields_of(found) if name in COLUMNS and not _is_idle(name, records)]
    titles = {name: _title(name, found) for name in fields}
    if found.request.kind is Kind.DISTRIBUTION and found.request.split is None:
        records.append(_total(records, fields, found.info.currency))
    print_table(records, titles)


def _is_idle(name: str, records: list[Record]) -> bool:
    return name in SELDOM and not any(record[name] for record in records)


def _title(name: str, found: Answer) -> str:
    if name == "name" and found.request.stages:
        return COLUMNS["stage"]
    return f"{COLUMNS[name]} ({found.info.currency})" if is_money(name) else COLUMNS[name]


def _total(records: list[Record], fields: list[str], currency: str) -> Record:
    accounts = [int(str(record["accounts"])) for record in records]
    charges = (Decimal(str(record["monthly_charge"])) for record in records)
    sums: Record = {
        "name": "All",
        "accounts": sum(accounts),
        "share": percentage(WHOLE if any(accounts) else 0),
        "monthly_charge": sum(charges, amount(0, currency)),
    }
    return {name: sums.get(name) for name in fields}


def _sentence(note: Note) -> str:
    facts = {name: fact if isinstance(fact, str) else plain(fact) for name, fact in note.facts.items()}
    return note.sentence.format(**facts)
