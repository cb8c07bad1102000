"""`rehearse`: a copy to try commands on, what would come of applying it, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_json
from statusdesk.cli.desks import at_desk, named_file, reading
from statusdesk.cli.output import plain, printable
from statusdesk.cli.wording import tell

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands


def add_to(commands: Commands) -> None:
    """Declare the command."""
    rehearse = add_command(
        commands,
        "rehearse",
        "Try things on a copy, then apply them as one change or throw them away.",
        _rehearse,
        more="begin makes the copy and prints its name, to be given to other commands by --database; show tells"
        " what applying it would do, apply does it, discard removes the copy.",
    )
    rehearse.add_argument("deed", choices=("begin", "show", "apply", "discard"))
    add_json(rehearse)


def _rehearse(args: Namespace) -> int:
    from statusdesk.services import rehearsing

    if args.deed == "begin":
        with reading(args) as store:
            print(printable(str(rehearsing.begin(store))))
        return 0
    copy = rehearsing.place_of(named_file(args))
    if not copy.exists():
        raise rehearsing.NoRehearsal(path=copy)
    if args.deed == "discard":
        rehearsing.throw_away(copy)
        print(printable(f"Removed {copy}."))
        return 0
    args.dry_run = args.deed == "show"
    with at_desk(args) as desk:
        found = rehearsing.apply(desk, copy, dry_run=args.dry_run)
        notes = [f"Statuses: {plain(found.statuses_made)} new, {plain(found.statuses_changed)} changed."]
        if found.outcome.left_statuses:
            notes.append(f"Left alone: {len(found.outcome.left_statuses)} statuses that were changed meanwhile.")
        if found.unmatched:
            notes.append(
                f"Not taken over: {plain(found.unmatched)} accounts, closed, renumbered or barred by rules."
            )
        if found.beside:
            said = ", ".join(f"{what} ({plain(number)})" for what, number in found.beside.items())
            notes.append(f"Not taken over: changes of {said}.")
        tell(
            args, desk.store, found.outcome, notes,
            statuses_made=found.statuses_made, statuses_changed=found.statuses_changed, unmatched=found.unmatched,
            not_taken_over=dict(found.beside),
        )  # fmt: skip
    if not args.dry_run:
        rehearsing.throw_away(copy)
    return 0
