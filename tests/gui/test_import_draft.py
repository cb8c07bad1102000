"""The draft of an import keeps its promises, whatever people choose in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.fields import FIELD
from statusdesk.domain.records import Stage, Status
from statusdesk.gui.models.import_draft import LEFT_OUT, Choice, ImportDraft, Step, Wanted
from statusdesk.services.exchange.plans import NewStatus
from statusdesk.services.importing import StatusGuess

ACTIVE = Status(2, "Active", True, "circle", "#00855F", Stage.IN_SERVICE, False, "", 1, built_in="active")
COLUMNS = ("A", "B", "C", "D")

moves = st.lists(st.tuples(st.sampled_from(COLUMNS), st.sampled_from(["", *FIELD])), max_size=12)
choices = st.sampled_from(
    [None, 2, LEFT_OUT, Wanted("New"), Wanted("New", True, Stage.PAUSED), Wanted(" ", False, Stage.ENDED)]
)


@given(moves)
def test_a_field_has_one_column_and_a_column_one_field(moves: list[tuple[str, str]]) -> None:
    draft = ImportDraft([ACTIVE])
    draft.start({"number": "A", "status": "B"})
    for column, name in moves:
        draft.set_field(column, name)
        assert draft.field_of(column) == name
        assert len(set(draft.mapping.values())) == len(draft.mapping)
        assert column not in draft.guessed_columns


@given(st.dictionaries(st.sampled_from(["on", "off", ""]), choices))
def test_a_plan_is_ready_only_when_every_word_is_decided(decided: dict[str, Choice | None]) -> None:
    draft = ImportDraft([ACTIVE])
    draft.start({"number": "A", "status": "B"})
    draft.learn_words(StatusGuess({"on": 2, "off": 1, "": 1}, {}, {}, ("on", "off", "")))
    for word, choice in decided.items():
        draft.choose(word, choice)
    made = [draft.choices.get(word) for word in ("on", "off", "")]
    whole = all(c is not None and (not isinstance(c, Wanted) or c.complete) for c in made)
    assert draft.ready == whole
    assert {problem.step for problem in draft.problems()} <= {Step.STATUSES}
    if whole:
        words = draft.plan().status_words
        assert set(words) == {word for word, choice in draft.choices.items() if choice is not LEFT_OUT}
        assert all(isinstance(choice, int | NewStatus) for choice in words.values())


def test_what_a_person_chose_survives_a_new_look_at_the_file() -> None:
    draft = ImportDraft([ACTIVE])
    draft.start({"number": "A", "monthly_charge": "B", "install_on": "C"})
    draft.learn_styles(".", ("%d/%m/%Y", "%m/%d/%Y"))
    assert (draft.decimal, draft.date_style) == (".", None)
    draft.date_style, draft.date_guessed = "%m/%d/%Y", False
    draft.learn_styles(",", ("%d/%m/%Y",))
    assert (draft.decimal, draft.date_style) == (",", "%m/%d/%Y")
