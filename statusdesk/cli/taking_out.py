"""`export`: accounts, statuses or history go out as CSV or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, add_command, add_json, text, words
from statusdesk.cli.desks import reading, status_ids
from statusdesk.cli.output import plain, print_json, printable
from statusdesk.domain.changes import Matching

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands
    from statusdesk.store.store import Store

_WHAT = ("accounts", "statuses", "history")
_MORE = "An older file of that name is replaced by the whole new one. Importing exported accounts changes nothing."


def add_to(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands, "export", "Write accounts, statuses or history to a CSV or XLSX file.", _export, more=_MORE
    )
    parser.add_argument("what", choices=_WHAT, metavar="|".join(_WHAT), help="what is written")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="its ending, .csv or .xlsx, says how it is written"
    )
    parser.add_argument(
        "--status",
        action="append",
        type=text,
        metavar="NAME",
        help="only this status, or the accounts that have it now and their history (repeatable)",
    )
    parser.add_argument("--search", type=words, metavar="TEXT", help="only accounts with all these words")
    add_json(parser)


def _export(args: Namespace) -> int:
    if args.search and args.what != "accounts":
        raise WrongUsage("--search is for accounts only.")
    with reading(args) as store:
        count, seal = _write(args, store), store.newest_seal()
    if args.json:
        print_json([{"file": str(args.file), "what": args.what, "rows": count, "seal": seal}])
    else:
        rows = "1 row" if count == 1 else f"{plain(count)} rows"
        print(printable(f"Exported {args.what} to {args.file}: {rows}. Newest seal: {seal}"))
    return 0


def _write(args: Namespace, store: Store) -> int:
    from statusdesk.services import exporting

    with store.db.explained():
        chosen = status_ids(store, args.status)
        if args.what == "accounts":
            return exporting.export_accounts(store, args.file, Matching(chosen, args.search or ""))
        export = exporting.export_statuses if args.what == "statuses" else exporting.export_history
        return export(store, args.file, chosen)
