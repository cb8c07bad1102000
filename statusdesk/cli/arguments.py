"""The options that many commands share, and the ways in which typed words are taken."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, NoReturn

from statusdesk.domain.errors import BadValue
from statusdesk.domain.places import place_of

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Callable

    from statusdesk.domain.places import Place

    Commands = _SubParsersAction["Parser"]

    Command = Callable[[Namespace], int]
    """Carries out what was typed and returns the exit code."""

JSON_HELP = "print a list of objects instead of a table"


class WrongUsage(Exception):
    """What was typed does not make sense together; its text is one sentence, and the exit code is 2."""


class Parser(ArgumentParser):
    """Answers wrong usage with one sentence, and takes no abbreviated options."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on standard error and end with exit code 2."""
        self.exit(2, f"{self.prog}: {message}. `{self.prog} --help` tells more.\n")


def add_command(commands: Commands, name: str, what: str, run: Command, *, more: str = "") -> Parser:
    """Add a command that `run` carries out; `what` is its line in the list of commands."""
    parser = commands.add_parser(name, help=what, description=f"{what} {more}".rstrip(), allow_abbrev=False)
    parser.set_defaults(run=run, command=parser.prog)
    add_place(parser, default=SUPPRESS)
    return parser


def add_group(commands: Commands, name: str, what: str) -> Commands:
    """Add a word that commands of its own follow, and return these; `what` is its line in the list of commands."""
    group = commands.add_parser(name, help=what, description=what, allow_abbrev=False)
    return group.add_subparsers(title="commands", metavar="COMMAND", required=True)


def place_named(text: str) -> Place:
    """Read where a database is: a file, or a URL of one on a server."""
    try:
        return place_of(text)
    except BadValue as error:
        raise ArgumentTypeError(str(error)) from None


def add_place(parser: ArgumentParser, default: object = None) -> None:
    """Add the options that say which database is meant; after a command they leave alone what came before it."""
    place = parser.add_argument_group("which database")
    place.add_argument(
        "--database",
        metavar="PLACE",
        type=place_named,
        default=default,
        help="the database, instead of your own: a file, or postgresql://LOGIN@HOST/NAME on a server",
    )
    place.add_argument(
        "--demo", action="store_true", default=default, help="the demonstration, apart from your own data"
    )


def add_json(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=JSON_HELP)


def add_writing(parser: ArgumentParser, *, reason: bool = True) -> None:
    """Add what every command has that writes."""
    if reason:
        parser.add_argument("--reason", type=text, default="", help="why, for the history")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and change nothing")
    add_json(parser)


def add_making(parser: ArgumentParser) -> None:
    """Add what a new database is made with."""
    making = parser.add_argument_group("where this makes a new database")
    making.add_argument(
        "--currency", type=text, default=SUPPRESS, help="ISO 4217, such as EUR (default: your locale's)"
    )
    making.add_argument(
        "--time-zone", type=text, default=SUPPRESS, help="IANA name, such as Europe/Berlin (default: yours)"
    )


def text(word: str) -> str:
    """Take a word that is text, as everything is but the names of files."""
    try:
        word.encode()
    except UnicodeEncodeError:
        raise ArgumentTypeError("not valid UTF-8") from None
    return word


def words(word: str) -> str:
    """Take search words; refuses none at all, which would mean everything."""
    if not word.strip():
        raise ArgumentTypeError("needs at least one word")
    return text(word)


def count(word: str) -> int:
    """Take a number that is not negative."""
    if not word.isdecimal():
        raise ArgumentTypeError(f"{word!r} is not a number of 0 or more")
    return int(word)
