"""`reassign`, `undo` and `redo`: accounts go from status to status, and steps are taken back and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_writing, count, text
from statusdesk.cli.choosing import add_which, check_which, selection_of
from statusdesk.cli.desks import at_desk, find_status
from statusdesk.cli.giving import add_giving, details_of
from statusdesk.cli.wording import tell
from statusdesk.domain.errors import BadValue
from statusdesk.domain.records import FINAL_KINDS

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands
    from statusdesk.services.desk import Desk


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    reassign = add_command(
        commands,
        "reassign",
        "Move accounts into a status.",
        _reassign,
        more="Say which: --status and --search together mean accounts that meet both.",
    )
    reassign.add_argument("--to", required=True, type=text, metavar="NAME", help="the status that they get")
    add_giving(reassign)
    add_which(reassign)
    add_writing(reassign)
    undo = add_command(
        commands,
        "undo",
        "Take back your newest change.",
        _undo,
        more="Accounts that changed again since are left alone.",
    )
    undo.add_argument(
        "--change-set", type=count, metavar="N", help="take back this one instead, as `history` numbers them"
    )
    add_writing(undo, reason=False)
    redo = add_command(commands, "redo", "Do again what your last undo took back.", _redo)
    add_writing(redo, reason=False)


def _reassign(args: Namespace) -> int:
    check_which(args)
    with at_desk(args) as desk:
        target = find_status(desk.store, args.to)
        selection = selection_of(args, desk.store)
        details = details_of(args, desk.store)
        outcome = desk.reassign(selection, target.id, reason=args.reason, details=details, dry_run=args.dry_run)
        tell(args, desk.store, outcome, status=target.name)
    return 0


def _undo(args: Namespace) -> int:
    with at_desk(args) as desk:
        if args.change_set is not None:
            _refuse_unknown(desk, args.change_set)
        tell(args, desk.store, desk.undo(args.change_set, dry_run=args.dry_run))
    return 0


def _refuse_unknown(desk: Desk, change_set: int) -> None:
    found = desk.store.journal.get(change_set)
    if found is None:
        raise BadValue(field="change set", value=change_set, reason="is not on record")
    if found.kind in FINAL_KINDS:
        did = "made the database" if found.kind == "create_database" else "is a restoring or a repair"
        raise BadValue(field="change set", value=change_set, reason=f"{did} and cannot be taken back")


def _redo(args: Namespace) -> int:
    with at_desk(args) as desk:
        tell(args, desk.store, desk.redo(dry_run=args.dry_run))
    return 0
