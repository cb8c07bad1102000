"""`levels`, `targets …` and `publish`: what accounts get from the network, and bringing it there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, add_command, add_group, add_json, count, text
from statusdesk.cli.desks import at_desk, reading
from statusdesk.cli.output import plain, print_json, print_table
from statusdesk.cli.running import DONE, FAILED
from statusdesk.domain.folding import name_key
from statusdesk.domain.publish_errors import PublishTrouble
from statusdesk.domain.targets import Target, TargetKind
from statusdesk.services import credentials, network
from statusdesk.services.level_checks import check_levels
from statusdesk.services.publishing import Report, Wish

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.services.network import Written
    from statusdesk.services.sessions import Ended
    from statusdesk.store.store import Store

_FOR_ALL = credentials.variable(credentials.PASSWORD)
_PASSWORDS = (
    f"Passwords are taken from the environment ({_FOR_ALL}, or {_FOR_ALL}_NAME for one target), from the system's"
    " keyring, or for PostgreSQL from libpq's password file."
)

_LEVELS = {
    "level": "Level",
    "kind": "Kind",
    "group": "Group",
    "address_list": "Address list",
    "attributes": "Attributes",
    "accounts": "Accounts",
}
_TARGETS = {
    "target": "Target",
    "kind": "Kind",
    "address": "Address",
    "automatic": "Automatic",
    "waiting": "Accounts waiting",
    "levels_changed": "Levels changed",
}


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    levels = add_command(commands, "levels", "List the service levels, with their groups and accounts.", _levels)
    levels.add_argument("--check", action="store_true", help="tell what is wrong with the rules instead")
    add_json(levels)
    _declare_targets(commands)
    publish = add_command(
        commands,
        "publish",
        "Bring RADIUS databases and router scripts up to date: only the differences.",
        _publish,
        more=f"Nothing is written where more accounts would lose service than 20 or 5 %. {_PASSWORDS}",
    )
    publish.add_argument("--target", type=text, metavar="NAME", help="only this one (default: all)")
    publish.add_argument("--dry-run", action="store_true", help="tell what would happen, and write nothing")
    publish.add_argument(
        "--confirm-losing", type=count, metavar="N", help="exactly so many accounts may lose service"
    )
    publish.add_argument(
        "--disconnect", action="store_true", help="end the sessions of those who lost or changed their level"
    )
    add_json(publish)


def _declare_targets(commands: Commands) -> None:
    verbs = add_group(commands, "targets", "See and change where service levels are published to.")
    listed = add_command(verbs, "list", "List the targets, with what waits for them.", _targets)
    add_json(listed)
    add = add_command(verbs, "add", "Add a target, or change the one of this name.", _add_target, more=_PASSWORDS)
    add.add_argument("name", type=text, metavar="NAME")
    add.add_argument(
        "address", type=text, metavar="ADDRESS",
        help="sqlite:///PATH, postgresql://USER@HOST/NAME, mysql://USER@HOST/NAME, or a router's script: FILE.rsc",
    )  # fmt: skip
    add.add_argument("--prefix", type=text, default="sd-", help="begins our groups' names (default: sd-)")
    add.add_argument("--automatic", action="store_true", help="publish the accounts of each change right after it")
    add.add_argument("--disconnect", action="store_true", help="and end the sessions of those concerned")
    add.add_argument("--coa-port", type=count, default=3799, metavar="PORT", help="default: 3799")
    remove = add_command(verbs, "remove", "Remove a target; what was published stays as it is.", _remove_target)
    remove.add_argument("name", type=text, metavar="NAME")


def _levels(args: Namespace) -> int:
    with reading(args) as store, store.db.explained():
        if args.check:
            return _check(args, store)
        grid, held = store.levels.grid(), Counter[int | None]()
        for holding in store.levels.holdings() if grid.used else ():
            level = grid.level_id(holding.status_id, delinquent=holding.delinquent, plan=holding.plan)
            held[level] += holding.accounts
        records: list[Record] = [
            {
                "level": level.name,
                "kind": level.kind.value,
                "group": level.radius_group,
                "address_list": level.address_list,
                "attributes": [f"{said.name} {said.op} {said.value}" for said in level.attributes],
                "accounts": held[level.id],
            }
            for level in grid.levels
        ]
    if args.json:
        print_json(records)
    elif records:
        print_table(({name: _shown(value) for name, value in record.items()} for record in records), _LEVELS)
    else:
        print("There are no service levels yet.")
    return DONE


def _shown(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(args: Namespace, store: Store) -> int:
    found = check_levels(store)
    if args.json:
        print_json(
            {"finding": one.finding.value, "what": one.what, "accounts": one.accounts, "sentence": one.sentence}
            for one in found
        )
    else:
        for one in found:
            print(one.sentence)
        if not found:
            print("Nothing is wrong with the service levels.")
    return FAILED if found else DONE


def _targets(args: Namespace) -> int:
    with reading(args) as store, store.db.explained():
        records = [_target_record(store, target) for target in network.targets_of(store)]
    if args.json:
        print_json(records)
    elif records:
        print_table(records, _TARGETS)
    else:
        print("There are no targets yet. `statusdesk targets add NAME ADDRESS` makes one.")
    return DONE


def _target_record(store: Store, target: Target) -> Record:
    waiting = network.waiting(store, target)
    return {
        "target": target.name,
        "kind": target.kind.value,
        "address": target.address,
        "automatic": "yes" if target.automatic else "no",
        "waiting": "everything" if waiting.never else waiting.accounts,
        "levels_changed": "yes" if waiting.levels else "no",
    }


def _add_target(args: Namespace) -> int:
    router = "://" not in args.address
    if router and not args.address.endswith(".rsc"):
        raise WrongUsage("a router's script ends with .rsc; a database's address begins like sqlite:///")
    kind = TargetKind.ROUTER if router else TargetKind.RADIUS
    with at_desk(args) as desk:
        known = {name_key(target.name): target.id for target in network.targets_of(desk.store)}
        wanted = Target(
            known.get(name_key(args.name), 0), args.name, kind, args.address,
            args.prefix, args.automatic, args.disconnect, args.coa_port,
        )  # fmt: skip
        network.put_target(desk, wanted)
        print(f"Target {args.name}: {network.find_target(desk.store, args.name).address}")
    return DONE


def _remove_target(args: Namespace) -> int:
    with at_desk(args) as desk:
        network.remove_target(desk, network.find_target(desk.store, args.name))
    print(f"Removed the target {args.name}.")
    return DONE


def _publish(args: Namespace) -> int:
    with at_desk(args) as desk:
        store = desk.store
        chosen = [network.find_target(store, args.target)] if args.target else network.targets_of(store)
        if not chosen:
            raise WrongUsage("there is no target yet; `statusdesk targets add` makes one")
        if args.confirm_losing is not None and len(chosen) > 1:
            raise WrongUsage("--confirm-losing goes with --target NAME")
        wish = Wish(desk.author, "command", args.dry_run, args.confirm_losing)
        results = [_one(store, target, wish, args) for target in chosen]
    if args.json:
        print_json(record for record, _ in results)
    return DONE if all(done for _, done in results) else FAILED


def _one(store: Store, target: Target, wish: Wish, args: Namespace) -> tuple[Record, bool]:
    try:
        report = network.publish_to(store, target, wish)
        ended = _ended(target, report, args)
    except PublishTrouble as error:
        if not args.json:
            print(f"{target.name}: {error}")
        return {"target": target.name, "result": "failed", "message": str(error)}, False
    if not args.json:
        for line in _lines(report, ended):
            print(f"{target.name}: {line}")
    return _record(report, ended), True


def _ended(target: Target, report: Report | Written, args: Namespace) -> Ended | None:
    if not isinstance(report, Report) or args.dry_run or not (args.disconnect or target.disconnect):
        return None
    return network.end_sessions_of(target, report.concerned) if report.concerned else None


def _lines(report: Report | Written, ended: Ended | None) -> Iterator[str]:
    if isinstance(report, Report):
        added, changed, removed = report.members
        yield (
            f"{'would be ' if report.dry_run else ''}+{added} ~{changed} −{removed} accounts,"
            f" {len(report.losing)} lose service, {sum(report.definitions)} definitions, {report.milliseconds} ms"
        )
        for (old, new), number in sorted(report.moves.items()):
            yield f"{plain(number)}: {old or '(none)'} → {new or '(none)'}"
    else:
        state = "changed" if report.changed else "as before"
        lists = ", ".join(f"{number} in {name}" for name, number in sorted(report.lists.items()))
        yield f"{report.path} is {state}: {lists or 'empty'}"
    yield from report.warnings
    yield from ended.sentences() if ended else ()


def _record(report: Report | Written, ended: Ended | None) -> Record:
    if not isinstance(report, Report):
        return {
            "target": report.target.name, "result": "published" if report.changed else "nothing",
            "path": str(report.path), "lists": report.lists, "warnings": report.warnings,
        }  # fmt: skip
    return {
        "target": report.target.name,
        "result": report.result.value,
        "members": dict(zip(("added", "changed", "removed"), report.members, strict=True)),
        "definitions": dict(zip(("added", "changed", "removed"), report.definitions, strict=True)),
        "losing": len(report.losing),
        "moves": [{"from": old, "to": new, "accounts": n} for (old, new), n in sorted(report.moves.items())],
        "warnings": report.warnings,
        "milliseconds": report.milliseconds,
        "sessions": ended.sentences() if ended else None,
    }
