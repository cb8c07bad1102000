"""`migrate`, `grant` and `copy`: for whoever looks after a database that several desktops share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from statusdesk.cli.arguments import add_command, add_making, place_named
from statusdesk.cli.desks import named_database
from statusdesk.cli.output import plain, printable

if TYPE_CHECKING:
    from argparse import Namespace

    from statusdesk.cli.arguments import Commands


_SLOW_SEARCH = (
    "Searching among more than two million accounts will be slow: the server lacks its extension pg_trgm, or"
    " does not let this login make it. Have it installed (on Debian it comes with postgresql-contrib)"
    " and run this again."
)


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    migrate = add_command(
        commands,
        "migrate",
        "Set a database on a server up, or bring it up to date.",
        _migrate,
        more="For its owner; the others use it once it is done.",
    )
    migrate.add_argument("place", metavar="URL", type=place_named, help="postgresql://LOGIN@HOST/DATABASE")
    add_making(migrate)
    grant = add_command(
        commands,
        "grant",
        "Give a login of the server its role.",
        _grant,
        more="A manager looks, support also changes accounts' statuses, the office does everything.",
    )
    grant.add_argument(
        "role", choices=("manager", "support", "office", "none"), help="the role; none takes it away"
    )
    grant.add_argument("login", metavar="LOGIN", help="a login that the server knows")
    copy = add_command(
        commands,
        "copy",
        "Copy a database from a file to a server, or back.",
        _copy,
        more="Every row is compared before the copy is kept; nothing is ever replaced.",
    )
    copy.add_argument("source", metavar="FROM", type=place_named, help="the database to copy")
    copy.add_argument(
        "target", metavar="TO", type=place_named, help="a file that is not there, or an empty database"
    )


def _migrate(args: Namespace) -> int:
    from statusdesk.services import sharing

    currency, zone = getattr(args, "currency", ""), getattr(args, "time_zone", "")
    server = sharing.as_server(args.place)
    before, after = sharing.migrate(server, currency=currency, time_zone=zone)
    if before == after:
        said = f"{server} is up to date (schema {after})."
    elif before:
        said = f"{server} was brought from schema {before} to {after}."
    else:
        said = (
            f"{server} is set up (schema {after}). Let people in with: statusdesk grant ROLE LOGIN --database URL"
        )
    print(printable(said))
    if not sharing.searches_quickly(server):
        print(_SLOW_SEARCH)
    return 0


def _grant(args: Namespace) -> int:
    from statusdesk.services import sharing

    server = sharing.as_server(named_database(args))
    sharing.grant(server, args.role, args.login)
    role = "has no role any more" if args.role == "none" else f"has the role {args.role}"
    print(printable(f"{args.login} {role} in {server}."))
    return 0


def _copy(args: Namespace) -> int:
    from statusdesk.services import sharing

    counts = sharing.copy(args.source, args.target)
    rows = plain(sum(counts.values()))
    print(printable(f"Copied {args.source} to {args.target}: {rows} rows in {len(counts)} tables, each compared."))
    return 0
