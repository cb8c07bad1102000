"""`statusdesk status …`: add, edit, retire, bring back, merge and delete statuses."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING, TypedDict, cast

from statusdesk.cli.arguments import WrongUsage, add_command, add_group, add_making, add_writing, text
from statusdesk.cli.desks import at_desk, find_status
from statusdesk.cli.wording import effect, tell
from statusdesk.domain.admission import REQUIRABLE
from statusdesk.domain.errors import BadValue
from statusdesk.domain.looks import Look, Shape, parse_colour, safe_suggestions, suggest_look, who_confuses
from statusdesk.domain.records import STAGES, Stage, StatusFields

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable

    from statusdesk.cli.arguments import Commands
    from statusdesk.domain.changes import Outcome
    from statusdesk.domain.records import Status
    from statusdesk.services.desk import Desk
    from statusdesk.store.store import Store

NONE = "none"
_FIELDS = ("name", "activates", "shape", "colour", "stage", "winback", "description")


def add_to(commands: Commands) -> None:
    """Declare the command `status` with its own commands."""
    verbs = add_group(commands, "status", "Add or change a status.")
    add = add_command(
        verbs,
        "add",
        "Add a status.",
        _add,
        more="A look and a stage that are left out are chosen for you; without --activates it is not billed.",
    )
    add.add_argument("status", nargs="?", type=text, metavar="NAME", help="its name, here or by --name")
    _add_fields(add)
    add_writing(add)
    add_making(add)
    edit = add_command(verbs, "edit", "Change fields of a status; the others stay.", _edit)
    _add_name(edit)
    _add_fields(edit)
    add_writing(edit)
    for verb, what, run in (
        ("retire", "Offer a status no longer; its accounts and history stay.", _retire),
        ("bring-back", "Offer a retired status again.", _bring_back),
    ):
        parser = add_command(verbs, verb, what, run)
        _add_name(parser)
        add_writing(parser)
    merge = add_command(verbs, "merge", "Move all accounts of a status into another, and retire it.", _merge)
    _add_name(merge)
    merge.add_argument("--into", required=True, type=text, metavar="NAME", help="the status that takes them")
    add_writing(merge)
    delete = add_command(verbs, "delete", "Delete a status; history keeps it.", _delete)
    _add_name(delete)
    delete.add_argument("--move-to", type=text, metavar="NAME", help="where its accounts go, if it has any")
    add_writing(delete)


def _add_name(parser: ArgumentParser) -> None:
    parser.add_argument("status", type=text, metavar="NAME", help="the status, upper or lower case alike")


def _add_fields(parser: ArgumentParser) -> None:
    fields = parser.add_argument_group("fields")
    fields.add_argument("--name", type=text, help="1 to 40 characters, unique")
    fields.add_argument(
        "--activates", action=BooleanOptionalAction, default=None, help="accounts are billed and receive service"
    )
    fields.add_argument("--stage", type=text, help=", ".join(stage.label for stage in STAGES))
    fields.add_argument("--colour", type=text, help="such as #1F6FEB, or a name such as SteelBlue")
    fields.add_argument("--shape", type=text, help=", ".join(Shape))
    fields.add_argument(
        "--winback", action=BooleanOptionalAction, default=None, help="Ended only: may be won back"
    )
    fields.add_argument("--description", type=text, help="when to use it")
    _add_rules(parser)


def _add_rules(parser: ArgumentParser) -> None:
    rules = parser.add_argument_group("rules")
    rules.add_argument(
        "--require",
        action="append",
        type=text,
        metavar="WHAT",
        help=f"accounts that come into it need this (repeatable; {NONE}: nothing): {', '.join(REQUIRABLE)}",
    )
    rules.add_argument(
        "--follower",
        action="append",
        type=text,
        metavar="NAME",
        help=f"accounts may go on to this status only (repeatable; {NONE}: to all)",
    )
    rules.add_argument("--customer-note", type=text, metavar="TEXT", help="what to tell the customer")


def _rules(args: Namespace, store: Store) -> StatusFields:
    """Return the rules that were given; they name other statuses, so the database must be open."""
    rules: StatusFields = {}
    if args.require is not None:
        rules["required"] = () if args.require == [NONE] else tuple(args.require)
    if args.follower is not None:
        names = [] if args.follower == [NONE] else args.follower
        rules["followers"] = tuple(find_status(store, name).id for name in names)
    if args.customer_note is not None:
        rules["customer_note"] = args.customer_note
    return rules


def _wanted(args: Namespace) -> StatusFields:
    given = {name: getattr(args, name) for name in _FIELDS if getattr(args, name) is not None}
    if "stage" in given:
        given["stage"] = _stage(given["stage"])
    if "shape" in given:
        given["shape"] = "-".join(given["shape"].lower().replace("_", " ").split())
    return cast("StatusFields", given)


def _stage(word: str) -> Stage:
    key = "_".join(word.replace("-", " ").replace("_", " ").lower().split())
    if key not in {stage.value for stage in STAGES}:
        known = ", ".join(stage.label for stage in STAGES)
        raise BadValue(field="stage", value=word, reason=f"is not one of {known}")
    return Stage(key)


def _add(args: Namespace) -> int:
    fields = _wanted(args)
    if (args.status is None) == (args.name is None):
        raise WrongUsage("Name the new status, once: NAME or --name.")
    fields["name"] = args.status or args.name
    with at_desk(args, make=True) as desk:
        fields |= _rules(args, desk.store)
        _choose_stage(fields)
        _choose_look(fields, desk.store.statuses.all(retired=False))
        outcome = desk.create_status(fields, **_how(args))
        tell(args, desk.store, outcome, _made(desk.store, fields, outcome.status_id), status=fields["name"])
    return 0


def _choose_stage(fields: StatusFields) -> None:
    """Fill in the stage that was left out, as the name tells it where that fits what the status does."""
    from statusdesk.services.exchange.status_words import suggest_status

    activates = fields.get("activates", False)
    told = suggest_status(fields["name"])
    if fields.get("winback"):
        stage = Stage.ENDED
    elif told is not None and told.activates == activates:
        stage = told.stage
    else:
        stage = Stage.IN_SERVICE if activates else Stage.PAUSED
    fields.setdefault("stage", stage)


def _choose_look(fields: StatusFields, others: Iterable[Status]) -> None:
    """Fill in the shape and the colour that were left out, unlike those of the others."""
    taken = [_look(status.shape, status.colour) for status in others]
    if "colour" not in fields and fields.get("shape") in set(Shape):
        for colour in safe_suggestions(Shape(fields["shape"]), taken)[:1]:
            fields["colour"] = colour
    suggested = suggest_look(taken)
    fields.setdefault("shape", suggested.shape.value)
    fields.setdefault("colour", suggested.colour)


def _made(store: Store, fields: StatusFields, status_id: int | None) -> list[str]:
    look = _look(fields["shape"], fields["colour"])
    does = effect(activates=fields.get("activates", False), winback=fields.get("winback", False))
    return [
        f"It is {fields['stage'].label}: {does}.",
        f"Its look: {look.shape} in {look.colour}.",
        *_warnings(store, look, status_id),
    ]


def _edit(args: Namespace) -> int:
    fields = _wanted(args)
    if not fields and all(given is None for given in (args.require, args.follower, args.customer_note)):
        raise WrongUsage("Say what to change, such as --name or --colour.")
    with at_desk(args) as desk:
        fields |= _rules(args, desk.store)
        status = find_status(desk.store, args.status)
        outcome = desk.edit_status(status.id, fields, **_how(args))
        look = _look(fields.get("shape", status.shape), fields.get("colour", status.colour))
        changed = status.live and look != _look(status.shape, status.colour)
        warnings = _warnings(desk.store, look, status.id) if changed else []
        tell(args, desk.store, outcome, warnings, status=fields.get("name", status.name))
    return 0


def _look(shape: str, colour: str) -> Look:
    return Look(Shape(shape), parse_colour(colour))


def _warnings(store: Store, look: Look, status_id: int | None) -> list[str]:
    """Name the other live statuses that people could take for this one."""
    others = [other for other in store.statuses.all(retired=False) if other.id != status_id]
    found = ((who_confuses(look, _look(other.shape, other.colour)), other.name) for other in others)
    return [f"Take care: to {audience} it looks like {name}." for audience, name in found if audience]


class _How(TypedDict):
    reason: str
    dry_run: bool


def _how(args: Namespace) -> _How:
    return {"reason": args.reason, "dry_run": args.dry_run}


def _retire(args: Namespace) -> int:
    return _carry_out(args, lambda desk, status: desk.retire_status(status.id, **_how(args)))


def _bring_back(args: Namespace) -> int:
    return _carry_out(args, lambda desk, status: desk.bring_back_status(status.id, **_how(args)))


def _merge(args: Namespace) -> int:
    def merge(desk: Desk, status: Status) -> Outcome:
        into = find_status(desk.store, args.into)
        return desk.merge_statuses(status.id, into.id, **_how(args))

    return _carry_out(args, merge)


def _delete(args: Namespace) -> int:
    def delete(desk: Desk, status: Status) -> Outcome:
        move_to = find_status(desk.store, args.move_to).id if args.move_to else None
        return desk.delete_status(status.id, move_to=move_to, **_how(args))

    return _carry_out(args, delete)


def _carry_out(args: Namespace, verb: Callable[[Desk, Status], Outcome]) -> int:
    with at_desk(args) as desk:
        status = find_status(desk.store, args.status)
        tell(args, desk.store, verb(desk, status), status=status.name)
    return 0
