"""`restore`: back to a backup, after telling what would be lost; the database of before is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json
from statusdesk.cli.desks import at_desk, named_file
from statusdesk.cli.output import plain, print_json, print_table, printable
from statusdesk.cli.wording import accounts_text
from statusdesk.domain import phrases
from statusdesk.domain.errors import Refused
from statusdesk.domain.instants import iso
from statusdesk.domain.store_errors import CannotOpen, Damaged, EmptyFile, NotADatabase
from statusdesk.services import opening
from statusdesk.services.records_out import amount

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.services.restoring import Preview, Restored

_SHOWN = 10


class NoBackup(Refused):
    """Nothing to go back to."""

    sentence = "There is no backup of {path}. Name a file: `statusdesk restore FILE`."


def add_to(commands: Commands) -> None:
    """Declare the command."""
    restore = add_command(
        commands,
        "restore",
        "Go back to a backup; the database as it is now is kept.",
        _restore,
        more="Without FILE the newest automatic backup is restored. --list tells which there are, --dry-run what"
        " would be lost. A database that is damaged, empty or gone is replaced, and what is left of it kept.",
    )
    restore.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="the backup (default: the newest made by itself)"
    )
    restore.add_argument("--list", action="store_true", help="list the automatic backups and change nothing")
    restore.add_argument("--dry-run", action="store_true", help="tell what would be lost and change nothing")
    add_json(restore)


def _restore(args: Namespace) -> int:
    path = named_file(args)
    if args.list:
        return _list(args, path)
    backup = args.file or _newest(path)
    if opening.is_missing(path):
        return _put_back(args, path, backup)
    try:
        return _go_back(args, backup)
    except (Damaged, EmptyFile, NotADatabase) as error:
        if error.facts.get("path") != path:
            raise
        return _put_back(args, path, backup)


def _newest(path: Path) -> Path:
    from statusdesk.store import backups

    newest = backups.preferred(backups.usable(path))
    if newest is None:
        raise NoBackup(path=path)
    return newest.path


def _list(args: Namespace, path: Path) -> int:
    from statusdesk.store import backups

    records: list[Record] = [
        {
            "made": iso(one.at)[:16].replace("T", " "),
            "for": str(one.occasion),
            "bytes": one.size,
            "file": str(one.path),
        }
        for one in backups.found(path)
    ]
    if args.json:
        print_json(records)
    else:
        print_table(records, {"made": "Made (UTC)", "for": "For", "bytes": "Bytes", "file": "File"})
    return 0


def _go_back(args: Namespace, backup: Path) -> int:
    from statusdesk.services.restoring import preview, restore

    with at_desk(args) as desk:
        found = preview(desk, backup)
        done = None if args.dry_run else restore(desk, backup)
        currency, zone = desk.store.info.currency, desk.store.info.time_zone
    if args.json:
        print_json([_record(found, done, currency)])
        return 0
    for line in _lines(found, zone):
        print(printable(line))
    if done is None:
        print("Nothing was changed: this was a dry run.")
    else:
        print(printable(f"Restored {backup}. The database of before is kept as {done.kept}."))
    return 0


def _put_back(args: Namespace, path: Path, backup: Path) -> int:
    from statusdesk.services.restoring import put_back

    if args.dry_run:
        print(
            printable(f"{path} cannot be read; {backup} would take its place. What is left of it would be kept.")
        )
        return 0
    if not backup.exists():
        raise CannotOpen(path=backup, reason="it is not there")
    done = put_back(path, backup, author=opening.current_author())
    if args.json:
        print_json([{"restored": str(backup), "kept": str(done.kept), "change_set": done.change_set}])
    else:
        print(printable(f"Restored {backup} to {path}. What was left of it is kept as {done.kept}."))
    return 0


def _record(found: Preview, done: Restored | None, currency: str) -> Record:
    told = found.consequences
    return {
        "restored": None if done is None else str(found.backup),
        "kept": None if done is None else str(done.kept),
        "change_set": None if done is None else done.change_set,
        "lost_change_sets": found.lost.change_sets,
        "lost_accounts_changed": found.lost.accounts,
        "regained_change_sets": found.regained.change_sets,
        "starts_billing": told.starts_billing,
        "stops_billing": told.stops_billing,
        "revenue_before": amount(told.before.revenue, currency),
        "revenue_after": amount(told.after.revenue, currency),
    }


def _lines(found: Preview, zone: str) -> Iterator[str]:
    when = iso(found.newest.recorded_at, zone)[:16].replace("T", " ")
    yield f"The backup's newest change is of {when}: {phrases.describe(found.newest)}."
    if not found.lost.change_sets:
        yield "Nothing was changed since then."
    else:
        changes = "1 change" if found.lost.change_sets == 1 else f"{plain(found.lost.change_sets)} changes"
        yield f"Taken away: {changes} since then, of {accounts_text(found.lost.accounts)}:"
    for one in found.change_sets[:_SHOWN]:
        yield f"- {iso(one.recorded_at, zone)[:16].replace('T', ' ')} {one.author}: {phrases.describe(one)}"
    if found.lost.change_sets > _SHOWN:
        yield f"- and {plain(found.lost.change_sets - _SHOWN)} more"
    if found.regained.change_sets:
        yield f"Brought back: {plain(found.regained.change_sets)} that an earlier restore took away."
    told = found.consequences
    starts, stops = accounts_text(told.starts_billing), accounts_text(told.stops_billing)
    yield f"Billing starts for {starts} and stops for {stops}."
