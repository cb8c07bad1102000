"""What can be typed after `statusdesk`: the options of the program itself, and every command with its own."""

from __future__ import annotations

from argparse import ArgumentError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import TYPE_CHECKING

from statusdesk import __version__
from statusdesk.cli.arguments import Parser, add_place

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

_NAME = "statusdesk"

_DESCRIPTION = """\
See account statuses, shape them, and move accounts between them.
Without a command the window opens."""

_MORE = """\
`statusdesk COMMAND --help` tells more about a command. Your own database is used, unless --database names
another one. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

examples:
  statusdesk statuses
  statusdesk import customers.csv --map number=customerID --status-value Yes=Active --dry-run
  statusdesk reassign --to Vacation --search "harbour road" --reason "Cable works"
  statusdesk undo"""


def parse(words: Sequence[str]) -> Namespace:
    """Understand the words; ends the program with exit code 2 where they make no sense, with 0 after help."""
    args = _without_command(words) or _parser().parse_args(words)
    _refuse_mixtures(args)
    return args


def _without_command(words: Sequence[str]) -> Namespace | None:
    """Understand the words where the program's own options are all there is, without importing any command."""
    parser = Parser(prog=_NAME, allow_abbrev=False, add_help=False, exit_on_error=False)
    _add_options(parser)
    try:
        args, more = parser.parse_known_args(words)
    except ArgumentError:
        return None
    return None if more else args


def _parser() -> Parser:
    from statusdesk.cli import (
        billing,
        bringing_in,
        collecting,
        keeping,
        listing,
        living,
        moving,
        planning,
        publishing,
        rehearsing,
        reporting,
        restoring,
        shaping,
        sharing,
        taking_out,
        unpaying,
        vacationing,
    )

    parser = Parser(
        prog=_NAME,
        description=_DESCRIPTION,
        epilog=_MORE,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"StatusDesk {__version__}")
    _add_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    accounts = (
        bringing_in,
        taking_out,
        listing,
        shaping,
        moving,
        planning,
        vacationing,
        collecting,
        unpaying,
        living,
    )
    for group in (*accounts, publishing, billing, reporting, keeping, restoring, rehearsing, sharing):
        group.add_to(commands)
    return parser


def _add_options(parser: Parser) -> None:
    parser.add_argument(
        "--screenshot", metavar="FILE.png", type=Path, help="paint the window into a picture; needs no screen"
    )
    parser.add_argument("--dark", action="store_true", help="with --screenshot: in the dark colours")
    parser.add_argument(
        "--install-desktop", action="store_true", help="put StatusDesk among the programs of this desktop"
    )
    parser.add_argument("--debug", action="store_true", help="show what went wrong inside, if anything does")
    add_place(parser)


def _refuse_mixtures(args: Namespace) -> None:
    if mixture := _mixture(args):
        Parser(prog=_NAME).error(mixture)


def _mixture(args: Namespace) -> str:
    """Say what does not go together; empty where everything does."""
    instead = [
        option
        for option, given in (("--screenshot", args.screenshot), ("--install-desktop", args.install_desktop))
        if given
    ]
    if instead and hasattr(args, "run"):
        return f"{instead[0]} goes with no command"
    if len(instead) > 1:
        return "--screenshot and --install-desktop do not go together"
    if args.dark and not args.screenshot:
        return "--dark goes with --screenshot only"
    if args.demo and args.database:
        return "--demo is a database of its own: leave out --database"
    return ""
