"""What the words of a status column are taken for: as typed, as clear from names, or as a new status."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from statusdesk.cli.output import plain
from statusdesk.domain.errors import Refused
from statusdesk.domain.folding import clean, name_key
from statusdesk.domain.records import Stage
from statusdesk.services.exchange.plans import ImportPlan, NewStatus
from statusdesk.services.exchange.status_words import suggest_status

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from statusdesk.domain.records import Status
    from statusdesk.services.exchange.plans import StatusChoice
    from statusdesk.services.exchange.tables import Table
    from statusdesk.services.importing import StatusGuess

MOST_WORDS = 100
"""More different words than this are no statuses: the wrong column was chosen."""

_SHOWN = 5


class UnknownWords(Refused):
    """Words in the status column that mean nothing yet."""

    sentence = (
        "{file}, line {line}, status: it is not known what {words} in the column “{column}” means."
        " Nothing was changed. Say it with --status-value WORD=STATUS,"
        " or let --create-statuses make what is missing."
    )


class TooManyWords(Refused):
    """A column of names or numbers instead of statuses."""

    sentence = (
        "{file}, status: the column “{column}” has {count} words that are no statuses, too many to make them."
        " Choose another column with --map status=COLUMN."
    )


class NotThereYet(Refused):
    """A status that was named for a word does not exist."""

    sentence = (
        "{option}: there is no status named “{name}”. Add --create-statuses to make it, or name one of: {known}."
    )


class Retired(Refused):
    """A status that was named for a word is no longer offered."""

    sentence = (
        "{option}: “{name}” is retired and takes no accounts."
        " Add --create-statuses to bring it back with this import, or name another status."
    )


class Meanings:
    """What the words of the status column are taken for."""

    def __init__(self, args: Namespace, table: Table, statuses: Iterable[Status]) -> None:
        self._create: bool = args.create_statuses
        self._given: dict[str, str] = dict(args.status_value)
        self._default: str | None = args.default_status
        self._table = table
        self._statuses = {name_key(status.name): status for status in statuses}
        self._made: dict[str, NewStatus] = {}
        self.untold: set[str] = set()
        self.notes: list[str] = []

    def settle(self, plan: ImportPlan, guess: StatusGuess) -> ImportPlan:
        """Return the plan with a status for every word, or refuse."""
        words: dict[str, StatusChoice] = {**guess.known, **plan.status_words}
        for word, name in self._given.items():
            words[word] = self._choose(name, f"--status-value {word}={name}")
            if guess.counted and name_key(word) not in set(map(name_key, guess.counted)):
                self.notes.append(f"“{word}”, given with --status-value, does not occur in the file.")
        default = plan.default_status
        if self._default is not None:
            default = self._choose(self._default, f"--default-status {self._default}")
        if default is not None and "" in guess.counted:
            words.setdefault("", default)
        decided = set(map(name_key, words))
        unknown = [word for word in guess.counted if word and name_key(word) not in decided]
        if unknown:
            words |= self._new_ones(unknown, guess, plan.mapping["status"])
        return replace(plan, status_words=words, default_status=None if "status" in plan.mapping else default)

    def _choose(self, name: str, option: str) -> StatusChoice:
        status = self._statuses.get(name_key(name))
        if status is not None:
            return self._there(status, option)
        if not self._create:
            known = ", ".join(status.name for status in self._statuses.values() if status.live)
            raise NotThereYet(option=option, name=name, known=known)
        return self._new(name, suggest_status(name))

    def _new(self, name: str, suggested: NewStatus | None) -> NewStatus:
        """Make a status of that name once; one whose name tells nothing is not billed until a person says so."""
        key = name_key(name)
        if key not in self._made:
            if suggested is None:
                self.untold.add(clean(name))
            known = suggested or NewStatus(clean(name), activates=False, stage=Stage.PAUSED)
            self._made[key] = replace(known, name=clean(name))
        return self._made[key]

    def _new_ones(self, unknown: list[str], guess: StatusGuess, column: str) -> dict[str, StatusChoice]:
        file = self._table.path.name
        if len(unknown) > MOST_WORDS:
            raise TooManyWords(file=file, column=column, count=plain(len(unknown)))
        if not self._create:
            raise UnknownWords(
                file=file, line=self._line_of(unknown, column), words=_listed(unknown), column=column
            )
        return {word: self._for_word(word, guess.proposed.get(word)) for word in unknown}

    def _for_word(self, word: str, proposed: NewStatus | None) -> StatusChoice:
        name = proposed.name if proposed else word
        status = self._statuses.get(name_key(name))
        return self._new(name, proposed) if status is None else self._there(status, f"The word “{word}”")

    def _there(self, status: Status, option: str) -> StatusChoice:
        """Take a status that exists; one that was retired comes back as it was, if statuses may be made."""
        if not status.retired:
            return status.id
        if not self._create:
            raise Retired(option=option, name=status.name)
        return self._new(status.name, NewStatus(status.name, status.activates, status.stage, status.winback))

    def _line_of(self, words: list[str], column: str) -> int:
        """Return the first line that has one of the words."""
        keys, place = set(map(name_key, words)), self._table.index(column)
        rows = self._table.rows()
        return next(line for line, cells in rows if len(cells) > place and name_key(cells[place]) in keys)


def _listed(words: list[str]) -> str:
    quoted = [f"“{word}”" for word in words[:_SHOWN]]
    more = len(words) - _SHOWN
    return f"{', '.join(quoted)} and {more} more" if more > 0 else " or ".join(quoted)
