"""What a worklist is: its views, its columns, where its rows come from, and what can be done with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from statusdesk.domain.rights import Right
from statusdesk.gui.charts.table_model import TableColumn
from statusdesk.gui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from statusdesk.gui.charts.table_model import Cell
    from statusdesk.gui.flows.weighing import Weighing
    from statusdesk.store.store import Store

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class WorkView:
    """One way to look at a worklist: its name in code and settings, and what it is called."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class WorkColumn(Generic[R]):
    """A column: how it is called and how wide it is, and what it says of a row.

    `sort` returns what it sorts by where that is had for less than the whole cell, as for lists of very many rows.
    """

    column: TableColumn
    cell: Callable[[R], Cell]
    sort: Callable[[R], Any] | None = None


@dataclass(frozen=True, slots=True)
class WorkAction(Generic[R]):
    """Something to do with the selected rows: a verb, with “…” if a question follows, and a key.

    It is offered in `views` (none: in all of them), and `enabled` for some rows; one that is `free` needs none.
    It needs a `right`. The one that is `primary` stands last. `run` gets the selected rows in the order in which
    they stand.
    """

    name: str
    text: str
    key: str
    run: Callable[[Sequence[R]], None]
    enabled: Callable[[Sequence[R]], bool] = bool
    primary: bool = False
    free: bool = False
    right: Right = Right.SHAPE
    views: frozenset[str] = field(default_factory=frozenset)


class Worklist(QObject, Generic[R]):
    """One list. `wanted` says that other rows are wanted, as when people chose something in its own controls.

    `fetch` and `counts` are called on a thread of their own, with a reading store of that thread: they ask the
    store and touch nothing of the window. All else is called by the page.
    """

    wanted = Signal()

    name: ClassVar[str]
    """What its page, settings and tests call it."""

    title: ClassVar[str]
    """What people call it; translated where it is shown."""

    sentence: ClassVar[str]
    """What it is for, in one sentence."""

    search: ClassVar[str] = "Search number and name"
    """What the search field says while it is empty."""

    has_accounts: ClassVar[bool] = True
    """Whether there are accounts behind its rows."""

    urgent: ClassVar[frozenset[str]] = frozenset()
    """The views whose rows need somebody; their counts add up to the number beside the list's title."""

    plan_marks: ClassVar[bool] = True
    """Whether rows that are one account each get a column with their next planned change."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__(weighing)
        self.weighing = weighing
        self.session = weighing.session

    def views(self) -> tuple[WorkView, ...]:
        """Return the ways to look at it, the first shown first; most have more than one."""
        return (WorkView("all", "All"),)

    def columns(self, view: str) -> tuple[WorkColumn[R], ...]:
        """Return the columns of a view."""
        raise NotImplementedError

    def actions(self) -> tuple[WorkAction[R], ...]:
        """Return what can be done with its rows, the primary one last."""
        return ()

    def fetch(self, store: Store, view: str) -> Sequence[R]:
        """Return the rows of a view in the order in which they are first shown. Not on the window's thread."""
        raise NotImplementedError

    def counts(self, store: Store) -> Mapping[str, int]:
        """Return how many rows each view has, without fetching them. Not on the window's thread."""
        raise NotImplementedError

    def counted(self, rows: Sequence[R]) -> Mapping[str, int]:
        """Return the counts where rows that were fetched tell all of them, so that nothing is asked twice."""
        return {}

    def key(self, row: R) -> object:
        """Return what tells a row from the others, also after it was fetched again."""
        raise NotImplementedError

    def account_ids(self, row: R) -> Sequence[int]:
        """Return the accounts behind a row; none where rows are no accounts."""
        return ()

    def words(self, row: R) -> str:
        """Return the texts of a row that the search looks through, with blanks between them."""
        raise NotImplementedError

    def chosen(self, rows: Sequence[R]) -> str:
        """Say what is selected, such as “3 planned changes selected”."""
        raise NotImplementedError

    def empty(self, view: str) -> str:
        """Say that a view has no rows."""
        raise NotImplementedError

    def remedy(self) -> tuple[str, Callable[[], None]] | None:
        """Return what to do about there being no rows, as a button's text and its deed."""
        return None

    def note(self, view: str, rows: Sequence[R]) -> str:
        """Return a sentence on the rows of a view, such as what they add up to; empty where there is none."""
        return ""

    def status_head(self, title: str, *, yields: int = 0) -> TableColumn:
        """Return a column for statuses, which likes the room that the longest name of one needs."""
        longest = max((line.status.name for line in self.session.live_lines()), key=len, default="")
        return TableColumn(title, number=False, sample=longest, stretches=True, yields=yields)

    def controls(self) -> QWidget | None:
        """Make what else can be chosen for the list, to stand beside its views; None where there is nothing."""
        return None

    def behind(self, rows: Sequence[R]) -> str:
        """Say what the accounts of rows are called where they are listed: “Planned, 3 accounts”."""
        return tr(self.title)
