"""The options that give accounts what a status requires of those that come into it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, cast

from statusdesk.cli.arguments import text
from statusdesk.domain.admission import ASKED_FIELDS, Details
from statusdesk.domain.errors import BadValue
from statusdesk.domain.instants import parse_instant

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from statusdesk.domain.records import AccountFields
    from statusdesk.store.store import Store


def add_giving(parser: ArgumentParser) -> None:
    """Add the options that fill in what the status requires."""
    giving = parser.add_argument_group("what the status requires")
    giving.add_argument(
        "--give",
        action="append",
        type=_field,
        default=[],
        metavar="FIELD=VALUE",
        help=f"for those that have none (repeatable): {', '.join(ASKED_FIELDS)}",
    )
    giving.add_argument(
        "--return-on", type=_when, metavar="WHEN", help="when they return; that makes it a vacation"
    )


def details_of(args: Namespace, store: Store) -> Details:
    """Return what is given."""
    back = None if args.return_on is None else parse_instant(args.return_on, store.info.time_zone)
    return Details(cast("AccountFields", dict(args.give)), back)


def _field(word: str) -> tuple[str, str]:
    name, equals, value = text(word).partition("=")
    if not equals or name.strip() not in ASKED_FIELDS:
        raise ArgumentTypeError(f"{word!r} is not FIELD=VALUE with one of these fields")
    return name.strip(), value


def _when(word: str) -> str:
    try:
        parse_instant(word, "UTC")
    except BadValue:
        raise ArgumentTypeError(f"{word!r} is not a date and time") from None
    return text(word)
