"""`plan …` and `due`: changes for later are planned, listed, moved, given up, and carried out when due."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, add_command, add_group, add_json, add_writing, count, text
from statusdesk.cli.choosing import accounts_named, add_which, check_which, selection_of
from statusdesk.cli.desks import at_desk, find_status, reading
from statusdesk.cli.output import plain, print_json, print_table, printable
from statusdesk.cli.running import DONE
from statusdesk.cli.wording import accounts_text, some, tell
from statusdesk.domain import money
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import iso, local_text, now, parse_instant
from statusdesk.domain.plans import FLAG_TEXTS, PlanView
from statusdesk.services.records_out import amount
from statusdesk.services.unpaid import CUT

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from statusdesk.cli.arguments import Commands
    from statusdesk.cli.output import Record
    from statusdesk.domain.plans import Plan, PlanFields
    from statusdesk.domain.records import Status
    from statusdesk.services.planner import DueReport
    from statusdesk.store.store import Store

NOW_WORD = "now"
"""What stands for the present where a time is asked for."""

WHEN_HELP = "local date, or date and time: 2026-12-01 or “2026-12-01 08:00”"
"""How times are written."""


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    verbs = add_group(commands, "plan", "Plan changes for later, and see what is planned.")
    _declare_add(verbs)
    listed = add_command(verbs, "list", "List planned changes in due order.", _list)
    listed.add_argument(
        "--only",
        choices=[view.value for view in PlanView],
        metavar="LIST",
        help=f"one of {', '.join(PlanView)} (default: all that are open)",
    )
    listed.add_argument("--account", type=text, metavar="NUMBER", help="only of this account, done ones too")
    add_json(listed)
    for verb, what, run in (
        ("cancel", "Give planned changes up; with a leave goes its return.", _cancel),
        ("postpone", "Give planned changes another time; that takes a flag away.", _postpone),
        ("apply", "Carry planned changes out now, flagged ones too.", _apply),
    ):
        parser = add_command(verbs, verb, what, run)
        parser.add_argument("plans", nargs="+", type=count, metavar="N", help="as `plan list` numbers them")
        if verb == "postpone":
            parser.add_argument("--due", required=True, type=when, metavar="WHEN", help=WHEN_HELP)
        add_writing(parser)
    due = add_command(
        commands,
        "due",
        "Carry out the planned changes that are due, in order and dated at their time.",
        _due,
        more="What is doubtful is flagged for a person, and told.",
    )
    due.add_argument("--dry-run", action="store_true", help="tell what would happen, and change nothing")
    add_json(due)


def _declare_add(verbs: Commands) -> None:
    add = add_command(
        verbs,
        "add",
        "Plan that accounts move into a status.",
        _add,
        more="With --back it is a vacation: they return to the status that they leave from.",
    )
    add.add_argument("--to", required=True, type=text, metavar="NAME", help="the status that they get")
    add.add_argument(
        "--due", required=True, type=when, metavar="WHEN", help=f"{WHEN_HELP}; with --back also: {NOW_WORD}"
    )
    vacation = add.add_argument_group("where it is a vacation")
    vacation.add_argument("--back", type=when, metavar="WHEN", help="when they return")
    vacation.add_argument("--yearly", action="store_true", help="every year again")
    vacation.add_argument("--charge", type=text, metavar="AMOUNT", help="the monthly charge while they are away")
    add_which(add)
    add_writing(add)


def when(word: str) -> str:
    """Take a local date, or date and time, or the word for now."""
    if word != NOW_WORD:
        try:
            parse_instant(word, "UTC")
        except BadValue:
            raise ArgumentTypeError(f"{word!r} is not a date and time") from None
    return text(word)


def _add(args: Namespace) -> int:
    check_which(args)
    vacation = args.back is not None
    if not vacation and (args.yearly or args.charge or args.due == NOW_WORD):
        raise WrongUsage("--yearly, --charge and --due now go with --back.")
    if args.back == NOW_WORD:
        raise WrongUsage("--back needs a time to come.")
    with at_desk(args) as desk:
        store, target = desk.store, find_status(desk.store, args.to)
        zone, selection = store.info.time_zone, selection_of(args, store)
        due_at = None if args.due == NOW_WORD else parse_instant(args.due, zone)
        if due_at is not None and not vacation:
            outcome = desk.plan_change(selection, target.id, due_at, reason=args.reason, dry_run=args.dry_run)
        else:
            outcome = desk.plan_vacation(
                selection,
                target.id,
                leave_at=due_at,
                return_at=parse_instant(args.back, zone),
                yearly=args.yearly,
                charge=money.parse(args.charge, store.info.currency) if args.charge else None,
                reason=args.reason,
                dry_run=args.dry_run,
            )
        made = [] if args.dry_run or outcome.change_set is None else store.planned.made_by(outcome.change_set)
        tell(args, store, outcome, status=target.name, plans=made)
    return DONE


def _list(args: Namespace) -> int:
    with reading(args) as store, store.db.snapshot():
        plans, statuses, info = _listed(args, store), store.statuses.by_id(), store.info
    if args.json:
        print_json(_record(plan, statuses, info.currency, info.time_zone) for plan in plans)
        return DONE
    if plans:
        titles = {"plan": "Plan", "due": f"Due ({info.time_zone})", "number": "Number", "name": "Name"}
        titles |= {"change": "Change", "state": "State", "reason": "Why", "by": "Planned by"}
        print_table((_line(plan, statuses, info.time_zone) for plan in plans), titles)
    print("1 planned change" if len(plans) == 1 else f"{plain(len(plans))} planned changes")
    return DONE


def _listed(args: Namespace, store: Store) -> list[Plan]:
    if args.account:
        (account_id,) = accounts_named(store, [args.account]).ids
        plans = store.planned.of_account(account_id)
        wanted = set(store.planned.ids(PlanView(args.only), now())) if args.only else None
        return [plan for plan in plans if wanted is None or plan.id in wanted]
    views = [PlanView(args.only)] if args.only else [PlanView.OVERDUE, PlanView.FLAGGED, PlanView.UPCOMING]
    ids = [plan_id for view in views for plan_id in store.planned.ids(view, now())]
    plans = store.planned.page(ids)
    return plans if args.only else sorted(plans, key=lambda plan: (plan.due_at, plan.id))


def _record(plan: Plan, statuses: Mapping[int, Status], currency: str, zone: str) -> Record:
    return {
        "plan": plan.id,
        "number": plan.number,
        "name": plan.title,
        "kind": plan.kind,
        "state": plan.state,
        "due_at": iso(plan.due_at, zone),
        "from": statuses[plan.expects_id].name,
        "status": statuses[plan.status_id].name,
        "monthly_charge": None if plan.charge is None else amount(plan.charge, currency),
        "yearly": bool(plan.yearly),
        "flag": plan.flag or plan.obstacle,
        "reason": plan.reason,
        "planned_by": plan.planned_by,
        "planned_at": iso(plan.planned_at, zone),
        "settled_by": plan.settled_by,
        "settled_at": None if plan.settled_at is None else iso(plan.settled_at, zone),
    }


def _line(plan: Plan, statuses: Mapping[int, Status], zone: str) -> Record:
    flag = plan.flag or plan.obstacle
    change = f"{statuses[plan.expects_id].name} → {statuses[plan.status_id].name}"
    return {
        "plan": str(plan.id),
        "due": local_text(plan.due_at, zone),
        "number": plan.number,
        "name": plan.title,
        "change": f"{change}, every year" if plan.yearly else change,
        "state": f"needs a person: {FLAG_TEXTS[flag]}" if flag else plan.state.value,
        "reason": plan.reason,
        "by": plan.planned_by,
    }


def _cancel(args: Namespace) -> int:
    with at_desk(args) as desk:
        tell(args, desk.store, desk.cancel_plans(args.plans, reason=args.reason, dry_run=args.dry_run))
    return DONE


def _postpone(args: Namespace) -> int:
    if args.due == NOW_WORD:
        raise WrongUsage("--due needs a time to come; `plan apply` carries a planned change out now.")
    with at_desk(args) as desk:
        due_at = parse_instant(args.due, desk.store.info.time_zone)
        fields: PlanFields = {"due_at": due_at}
        tell(args, desk.store, desk.edit_plans(args.plans, fields, reason=args.reason, dry_run=args.dry_run))
    return DONE


def _apply(args: Namespace) -> int:
    with at_desk(args) as desk:
        outcome = desk.apply_plans(args.plans, reason=args.reason, dry_run=args.dry_run)
        tell(args, desk.store, outcome)
    return DONE


def _due(args: Namespace) -> int:
    with at_desk(args) as desk:
        report, store = desk.apply_due(dry_run=args.dry_run), desk.store
        if args.json:
            print_json(_settled(report, store))
        else:
            for line in _due_lines(report, store, dry_run=args.dry_run):
                print(printable(line))
    return DONE


def _settled(report: DueReport, store: Store) -> Iterator[Record]:
    """Yield what became of each plan, in the order in which it was settled."""
    statuses, zone = store.statuses.by_id(), store.info.time_zone
    for group in report.groups:
        results = dict.fromkeys(group.done, "done") | dict.fromkeys(group.skipped, "skipped")
        results |= dict.fromkeys(group.flagged, "flagged")
        numbers = store.planned.numbers(results)
        for plan_id, result in results.items():
            yield {
                "plan": plan_id,
                "number": numbers.get(plan_id),
                "due_at": iso(group.due_at, zone),
                "status": statuses[group.status_id].name,
                "result": result,
                "flag": group.flagged.get(plan_id),
                "change_set": group.change_set,
            }
    for step in report.unpaid:
        numbers = {account.id: account.number for account in store.accounts.page(list(step.accounts))}
        for account_id, status_id in step.accounts.items():
            yield {
                "plan": None,
                "number": numbers.get(account_id),
                "due_at": None,
                "status": statuses[status_id].name,
                "result": "cut" if step.kind == CUT else "returned",
                "flag": None,
                "change_set": step.change_set,
            }


def _due_lines(report: DueReport, store: Store, *, dry_run: bool) -> Iterator[str]:
    statuses, zone = store.statuses.by_id(), store.info.time_zone
    if not report.groups and not report.unpaid:
        yield "Nothing is due."
        return
    if dry_run:
        yield "Dry run, nothing is changed."
    for group in report.groups:
        head = f"{local_text(group.due_at, zone)}, to {statuses[group.status_id].name}"
        if group.done:
            yield f"{head}: {accounts_text(len(group.done))}"
        if group.skipped:
            yield f"{head}: {accounts_text(len(group.skipped))} already there"
        numbers = store.planned.numbers(group.flagged)
        for flag in sorted(set(group.flagged.values())):
            those = [numbers.get(plan_id, "") for plan_id, why in group.flagged.items() if why is flag]
            yield f"{head}: needs a person: {some(those, len(those))}: {FLAG_TEXTS[flag]}"
    for step in report.unpaid:
        names = ", ".join(sorted({statuses[status_id].name for status_id in step.accounts.values()}))
        why = "Not paid" if step.kind == CUT else "Paid, back"
        yield f"{why}, to {names}: {accounts_text(len(step.accounts))}"
    if not report.groups:
        return
    yield f"Done: {plain(report.done)}, flagged: {plain(report.flagged)}, skipped: {plain(report.skipped)}"
