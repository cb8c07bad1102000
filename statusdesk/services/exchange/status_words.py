"""What the words of a status column may mean: a guess for the clear ones, the others are left for a person.

A word in the wrong place bills people who left, so nothing is guessed that could be read in two ways: “Yes” under
“Churn” is the opposite of “Yes” under “Active”, and without such a column name it stays open.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from statusdesk.domain.folding import clean, fold, name_key
from statusdesk.domain.records import Stage, Status
from statusdesk.services.exchange.plans import NewStatus
from statusdesk.services.exchange.synonyms import column_key
from statusdesk.services.exchange.tables import Table

_LEAD = "lead leads prospect prospects potential interessent interessenten"
_ACTIVE = "active activated aktiv enabled live current connected online in_service freigeschaltet"
_INACTIVE = "inactive inaktiv disabled deactivated deaktiviert not_active nicht_aktiv"
_BUILT_IN = {"lead": _LEAD, "active": _ACTIVE, "inactive": _INACTIVE}
_MEANING = {word.replace("_", " "): name for name, words in _BUILT_IN.items() for word in words.split()}

_ALIKE = tuple(
    frozenset(word.replace("_", " ") for word in words.split())
    for words in (
        "suspended suspend paused pause on_hold hold blocked gesperrt pausiert",
        "vacation seasonal on_vacation snowbird urlaub saison",
        "collections collection in_collections sent_to_collections inkasso",
        "cancelled canceled terminated ended closed churned former gekundigt beendet ehemalig",
        "pending pending_install install_pending to_install awaiting_install neu new",
        "failed_install install_failed failed",
    )
)
_YES = frozenset("yes y true 1 ja wahr on".split())
_NO = frozenset("no n false 0 nein falsch off".split())
_TRUE_IS_ACTIVE = frozenset("active isactive aktiv enabled isenabled inservice billed billing connected".split())
_TRUE_IS_GONE = frozenset("churn churned haschurned cancelled canceled terminated gekundigt left".split())

# The first line with a word in the name says what a new status of that name would be.
_STAGES = (
    ("moved out_of_coverage out_of_area unreachable deceased verstorben", Stage.ENDED, False, False),
    ("collection inkasso debt", Stage.DEBT, False, False),
    ("churn cancel terminat ended closed former left disconnect gekund beendet ehemal", Stage.ENDED, False, True),
    (
        "inactiv inaktiv disabled deactiv deaktiv not_activ nicht_aktiv archived",
        Stage.ENDED,
        False,
        True,
    ),
    ("vacation suspend pause hold blocked seasonal gesperrt pausiert stillgelegt", Stage.PAUSED, False, False),
    ("pending install scheduled onboard awaiting order bestellt auftrag", Stage.ONBOARDING, False, False),
    ("lead prospect potential interessent quote angebot new neu", Stage.PROSPECT, False, False),
    ("activ aktiv enabled live current connected in_service online", Stage.IN_SERVICE, True, False),
)


def status_words_in(table: Table, column: str) -> Counter[str]:
    """Count the words of a column over the whole file, the commonest first to ask for.

    Words that differ in case and blanks only are one, in the spelling that comes first; "" counts empty cells.
    Raises `NoSuchColumn` and `FileRefused`.
    """
    place = table.index(column)
    counted = Counter(cells[place] for _, cells in table.rows() if len(cells) > place)
    words: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for cell, count in counted.items():
        word = clean(cell)
        words[spelling.setdefault(name_key(word), word)] += count
    return words


def guess_status_words(words: Iterable[str], statuses: Iterable[Status], column: str = "") -> dict[str, int]:
    """Return the status (its id) of each word whose meaning is clear; unknown words are missing.

    Clear are names of statuses, those that `suggest_status` would give, common words for the three built-in ones
    or for exactly one other status, and yes or no under a column whose name says what is asked.
    """
    live = [status for status in statuses if status.live]
    meanings = {word: _meant(word, live, column_key(column)) for word in words if word}
    return {word: status.id for word, status in meanings.items() if status is not None}


def _meant(word: str, statuses: list[Status], column: str) -> Status | None:
    by_name = {name_key(status.name): status for status in statuses}
    proposed = suggest_status(word, column)
    named = by_name.get(name_key(word)) or (by_name.get(name_key(proposed.name)) if proposed else None)
    if named:
        return named
    plain = _plain(word)
    built_in = {status.built_in: status for status in statuses if status.built_in}
    if meaning := _MEANING.get(plain) or _answer(plain, column):
        return built_in.get(meaning)
    alike = [status for status in statuses if any({plain, _plain(status.name)} <= group for group in _ALIKE)]
    return alike[0] if len(alike) == 1 else None


def _plain(word: str) -> str:
    return " ".join(fold(word.replace("_", " ").replace("-", " ")).split())


def _answer(plain: str, column: str) -> str | None:
    if column in _TRUE_IS_ACTIVE and plain in _YES | _NO:
        return "active" if plain in _YES else "inactive"
    return "active" if column in _TRUE_IS_GONE and plain in _NO else None


def suggest_status(word: str, column: str = "") -> NewStatus | None:
    """Propose a new status for a word, or None where only a person knows whether it is billed and served.

    Yes under “Churn” becomes “Churned”: ended, may be won back.
    """
    if fold(word) in _YES and column_key(column) in _TRUE_IS_GONE:
        word = "Churned"
    plain = f" {_plain(word)}"
    for starts, stage, activates, winback in _STAGES:
        if any(f" {start.replace('_', ' ')}" in plain for start in starts.split()):
            return NewStatus(clean(word), activates, stage, winback)
    return None


def words_left(words: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    """Return the words that nobody has matched yet, without regard to case."""
    keys = {name_key(word) for word in known}
    return tuple(word for word in words if name_key(word) not in keys)
