"""`check` and `backup`: is the database what its journal says, and copies of it for bad days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json
from statusdesk.cli.desks import at_desk, reading
from statusdesk.cli.output import plain, print_json, printable
from statusdesk.cli.wording import accounts_text
from statusdesk.domain.errors import Refused

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.services.checking import Finding, Verdict


class AlreadyThere(Refused):
    """Something has the backup's name."""

    sentence = "{path} is already there. Choose another name, or add --replace if it is an older backup."


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    check = add_command(
        commands,
        "check",
        "Verify the database: the file itself, and that its journal explains it.",
        _check,
        more="Changes nothing, but for --repair-counters. The exit code is 1 where something is wrong.",
    )
    check.add_argument(
        "--repair-counters",
        action="store_true",
        help="work counts and peaks that are wrong out anew from the journal, as one recorded change",
    )
    check.add_argument(
        "--seal",
        metavar="SEAL",
        help="also verify that a seal, as reports and exports show it, is still one of this journal's",
    )
    add_json(check)
    backup = add_command(
        commands,
        "backup",
        "Copy the database, while others use it.",
        _back_up,
        more="The copy is checked before it gets its name. Without FILE it is the day's automatic backup, beside"
        " the database, where older ones are removed by the rule: 7 days, 4 weeks and 12 months keep one each.",
    )
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE", help="where the copy goes")
    backup.add_argument("--replace", action="store_true", help="replace an older backup of that name")
    add_json(backup)


def _check(args: Namespace) -> int:
    from statusdesk.services.checking import check

    repaired = _repair(args) if args.repair_counters else ()
    with reading(args) as store:
        verdict = check(store, seal=args.seal or "")
    if repaired and not args.json:
        print("Repaired from the journal:")
        for finding in repaired:
            print(printable(f"- {finding.problem}"))
    if args.json:
        print_json(_check_records(verdict))
    else:
        for line in _check_lines(verdict):
            print(printable(line))
    return 1 if verdict.findings else 0


def _repair(args: Namespace) -> tuple[Finding, ...]:
    from statusdesk.services.repairing import repair_counters

    with at_desk(args) as desk:
        return repair_counters(desk)


def _check_records(verdict: Verdict) -> Iterator[Record]:
    for check in verdict.checks:
        problems = [finding.problem for finding in verdict.findings if finding.check == check]
        yield {"check": check, "ok": not problems, "problems": problems}


def _check_lines(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.findings:
        yield f"{finding.check}: {finding.problem}"
    if verdict.findings:
        yield "Make a copy of this file, then go on with the newest backup that passes this check."
        return
    yield f"Checked {accounts_text(verdict.accounts)} and {plain(verdict.entries)} journal entries."
    yield f"Nothing is wrong: {', '.join(verdict.checks)}."
    yield f"Newest seal: {verdict.seal}"


def _back_up(args: Namespace) -> int:
    from statusdesk.services.backing_up import BackupInTheWay, back_up

    if args.file is None:
        return _back_up_for_today(args)
    with reading(args) as store:
        database = store.info.path
        try:
            size = back_up(store, args.file, replace=args.replace)
        except BackupInTheWay:
            raise AlreadyThere(path=args.file) from None
    if args.json:
        print_json([{"file": str(args.file), "database": database, "bytes": size}])
    else:
        print(printable(f"Backed up {database} to {args.file} ({plain(size)} bytes)."))
    return 0


def _back_up_for_today(args: Namespace) -> int:
    from statusdesk.services.keeping import take_daily

    with reading(args) as store:
        database, made = store.info.path, take_daily(store)
    size = made.stat().st_size if made else 0
    if args.json:
        print_json([{"file": str(made) if made else None, "database": database, "bytes": size}])
    elif made:
        print(printable(f"Backed up {database} to {made} ({plain(size)} bytes)."))
    else:
        print("The day has its backup, or nothing changed since the newest one.")
    return 0
