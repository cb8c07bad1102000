"""What somebody has decided about an import so far, and what is still to be decided; no widgets, no files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Literal

from statusdesk.domain.fields import FIELD, Kind
from statusdesk.domain.folding import clean
from statusdesk.domain.instants import DATE_FORMATS
from statusdesk.domain.records import Stage, Status
from statusdesk.gui import formats
from statusdesk.gui.wording import tr
from statusdesk.services.exchange.plans import ImportPlan, NewStatus, StatusChoice
from statusdesk.services.importing import StatusGuess

MOST_WORDS: Final = 100
"""More different words than this are no statuses: the wrong column was chosen."""


class Step(IntEnum):
    """What is decided one after the other, and can be changed in any order."""

    FILE = 0
    COLUMNS = 1
    STATUSES = 2
    RESULT = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps the import from being done, and where it is decided."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A new status as far as it is described; None is what has not been answered yet."""

    name: str
    activates: bool | None = None
    stage: Stage | None = None
    winback: bool = False

    @property
    def complete(self) -> bool:
        """True when it can be made."""
        return bool(clean(self.name)) and self.activates is not None and self.stage is not None

    def as_new_status(self) -> NewStatus:
        """Return what the plan needs; only for a complete one."""
        assert self.activates is not None
        assert self.stage is not None
        return NewStatus(clean(self.name), self.activates, self.stage, self.winback and self.stage is Stage.ENDED)


class LeftOut:
    """The choice to leave rows out that have a word; they count as refused."""


LEFT_OUT: Final = LeftOut()

Choice = int | Wanted | LeftOut


@dataclass(slots=True)
class ImportDraft:
    """The decisions; `mapping` is column by field, as the plan wants it.

    `words` counts the words of the status column, None until that is known. A word without a choice is undecided.
    `guessed_columns` and `guessed_words` are those that nobody has touched.
    """

    statuses: Sequence[Status]
    mapping: dict[str, str] = field(default_factory=dict)
    guessed_columns: set[str] = field(default_factory=set)
    decimal: str | None = None
    decimal_guessed: bool = True
    date_styles: tuple[str, ...] = ()
    date_style: str | None = None
    date_guessed: bool = True
    words: dict[str, int] | None = None
    choices: dict[str, Choice] = field(default_factory=dict)
    guessed_words: set[str] = field(default_factory=set)
    default: Choice | None = None
    on_existing: Literal["update", "skip"] = "update"

    @property
    def status_column(self) -> str:
        """The column whose words are statuses, or nothing."""
        return self.mapping.get("status", "")

    @property
    def has_amounts(self) -> bool:
        """True when a column of money is brought in."""
        return self._has(Kind.MONEY)

    @property
    def has_dates(self) -> bool:
        """True when a column of days is brought in."""
        return self._has(Kind.DATE) or self._has(Kind.INSTANT)

    def _has(self, kind: Kind) -> bool:
        return any(FIELD[name].kind is kind for name in self.mapping)

    def start(self, mapping: Mapping[str, str]) -> None:
        """Begin with a guessed mapping, forgetting all that was said about columns and words."""
        self.mapping = dict(mapping)
        self.guessed_columns = set(mapping.values())
        self.decimal_guessed = self.date_guessed = True
        self.forget_words()

    def forget_words(self) -> None:
        """Let the words be counted anew."""
        self.words = None
        self.choices = {}
        self.guessed_words = set()

    def field_of(self, column: str) -> str:
        """Return the field that a column is brought into, or nothing."""
        return next((name for name, mapped in self.mapping.items() if mapped == column), "")

    def set_field(self, column: str, name: str) -> str:
        """Bring a column into a field ("": nowhere); returns the column that had the field before, if any."""
        before = self.status_column
        had = self.field_of(column)
        if had:
            del self.mapping[had]
        loser = self.mapping.get(name, "") if name else ""
        if name:
            self.mapping[name] = column
        self.guessed_columns -= {column, loser}
        if self.status_column != before:
            self.forget_words()
        return loser

    def learn_styles(self, decimal: str | None, date_styles: tuple[str, ...]) -> None:
        """Take what the cells say about amounts and dates, unless a person has said it."""
        if self.decimal_guessed:
            self.decimal = decimal
        self.date_styles = date_styles
        if self.date_guessed:
            self.date_style = None if len(date_styles) > 1 else (*date_styles, DATE_FORMATS[0])[0]

    def learn_words(self, found: StatusGuess) -> None:
        """Take the words of the status column, with a guess for those whose meaning is clear."""
        self.words = dict(found.counted)
        if len(self.words) > MOST_WORDS:
            return
        guesses: dict[str, Choice] = {word: _as_choice(choice) for word, choice in found.known.items()}
        guesses |= {word: _as_choice(choice) for word, choice in found.proposed.items()}
        self.guessed_words = set(guesses) - set(self.choices)
        self.choices = guesses | self.choices

    def take_over(self, plan: ImportPlan) -> None:
        """Take a saved matching's decisions; words that it does not know stay as they are guessed."""
        self.start(plan.mapping)
        self.guessed_columns = set()
        self.decimal, self.decimal_guessed = plan.decimal, False
        self.date_style, self.date_guessed = plan.date_style, False
        self.choices = {word: _as_choice(choice) for word, choice in plan.status_words.items()}
        self.default = None if plan.default_status is None else _as_choice(plan.default_status)
        self.on_existing = plan.on_existing

    def choose(self, word: str, choice: Choice | None) -> None:
        """Decide what a word means."""
        self.guessed_words.discard(word)
        if choice is None:
            self.choices.pop(word, None)
        else:
            self.choices[word] = choice

    def problems(self) -> list[Problem]:
        """Return what is still to be decided, in the order of the steps."""
        return [*self._column_problems(), *self._status_problems()]

    def _column_problems(self) -> Iterable[Problem]:
        if "number" not in self.mapping:
            yield Problem(Step.COLUMNS, tr("Choose the column with the account number."))
        if self.has_dates and self.date_style is None:
            yield Problem(Step.COLUMNS, tr("Choose how this file writes its dates."))

    def _status_problems(self) -> Iterable[Problem]:
        if not self.status_column:
            if self.default is None:
                yield Problem(Step.STATUSES, tr("Choose the status of new accounts."))
            yield from self._unfinished([self.default])
        elif self.words is not None and len(self.words) > MOST_WORDS:
            many = tr("“{column}” has {count} different words: too many for statuses. Choose another column.")
            text = many.format(column=self.status_column, count=formats.count(len(self.words)))
            yield Problem(Step.COLUMNS, text)
        elif self.words is not None:
            yield from self._undecided(self.words)
            yield from self._unfinished(self.choices.get(word) for word in self.words)

    def _undecided(self, words: Iterable[str]) -> Iterable[Problem]:
        for word in words:
            if word not in self.choices:
                said = tr("Choose what “{word}” means.").format(word=word)
                yield Problem(Step.STATUSES, said if word else tr("Choose what an empty status means."))

    @staticmethod
    def _unfinished(choices: Iterable[Choice | None]) -> Iterable[Problem]:
        for choice in choices:
            if isinstance(choice, Wanted) and not choice.complete:
                yield Problem(Step.STATUSES, _what_is_missing(choice))

    @property
    def ready(self) -> bool:
        """True when everything is decided and known that a dry run needs."""
        return not self.problems() and not (self.status_column and self.words is None)

    def plan(self) -> ImportPlan:
        """Return the decisions as a plan; of new statuses only those that are fully described."""
        words = {word: _settled(choice) for word, choice in self.choices.items() if word in (self.words or {})}
        default = None if self.status_column or self.default is None else _settled(self.default)
        return ImportPlan(
            dict(self.mapping),
            {word: choice for word, choice in words.items() if choice is not None},
            on_existing=self.on_existing,
            decimal=self.decimal,
            date_style=self.date_style or DATE_FORMATS[0],
            default_status=default,
        )


def _as_choice(choice: StatusChoice) -> Choice:
    if isinstance(choice, NewStatus):
        return Wanted(choice.name, choice.activates, choice.stage, choice.winback)
    return choice


def _settled(choice: Choice) -> StatusChoice | None:
    if isinstance(choice, Wanted):
        return choice.as_new_status() if choice.complete else None
    return None if isinstance(choice, LeftOut) else choice


def _what_is_missing(wanted: Wanted) -> str:
    if not clean(wanted.name):
        return tr("Name the new status.")
    if wanted.activates is None:
        return tr("Say whether “{name}” is billed and served.").format(name=clean(wanted.name))
    return tr("Choose the stage of “{name}”.").format(name=clean(wanted.name))
