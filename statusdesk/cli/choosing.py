"""The options that say which accounts a command means, and what they amount to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk.cli.arguments import WrongUsage, text, words
from statusdesk.cli.desks import status_ids
from statusdesk.domain.changes import AccountIds, Matching
from statusdesk.domain.errors import NoSuchAccount

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from statusdesk.domain.changes import Selection
    from statusdesk.store.store import Store


def add_which(parser: ArgumentParser) -> None:
    """Add the options; --status and --search together mean accounts that meet both."""
    which = parser.add_argument_group("which accounts")
    which.add_argument(
        "--status", action="append", type=text, metavar="NAME", help="those with this status (repeatable)"
    )
    which.add_argument(
        "--search",
        type=words,
        metavar="TEXT",
        help="those with all these words, found as `accounts --search` does",
    )
    which.add_argument(
        "--account", action="append", type=text, metavar="NUMBER", help="the one with this number (repeatable)"
    )
    which.add_argument(
        "--numbers",
        type=Path,
        metavar="FILE",
        help="those whose numbers the file holds, one on each line or in a column of a table; - is standard input",
    )


def check_which(args: Namespace) -> None:
    """Refuse no choice at all, and choices that do not go together."""
    if args.numbers and (args.status or args.search or args.account):
        raise WrongUsage("--numbers says exactly which accounts: leave out --status, --search and --account.")
    if args.account and (args.status or args.search):
        raise WrongUsage("--account says exactly which accounts: leave out --status and --search.")
    if not (args.numbers or args.status or args.search or args.account):
        raise WrongUsage("Say which accounts, by --status, --search, --account or --numbers.")


def selection_of(args: Namespace, store: Store) -> Selection:
    """Return the accounts that were chosen, or refuse a number that nobody has."""
    if args.numbers:
        from statusdesk.cli.numbers import accounts_in

        return accounts_in(args.numbers, store)
    if args.account:
        return accounts_named(store, args.account)
    return Matching(status_ids(store, args.status), args.search or "")


def accounts_named(store: Store, numbers: Iterable[str]) -> AccountIds:
    """Return the accounts of these numbers. Raises `NoSuchAccount`."""
    found: dict[int, None] = {}
    for number in numbers:
        account = store.accounts.by_number(number)
        if account is None:
            raise NoSuchAccount(number=number)
        found[account.id] = None
    return AccountIds(tuple(found))
