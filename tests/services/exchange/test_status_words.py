"""Words of status columns: guessed where they are clear, proposed where they say enough, else left to people."""

from pathlib import Path

import pytest

from statusdesk.domain.records import Stage
from statusdesk.services.desk import Desk
from statusdesk.services.exchange.plans import NewStatus
from statusdesk.services.exchange.reading import open_table
from statusdesk.services.exchange.status_words import (
    guess_status_words,
    status_words_in,
    suggest_status,
    words_left,
)
from tests.services.exchange.files import text_file


def test_words_are_counted_without_regard_to_case_and_blanks(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, "n,s\n1,Active\n2, ACTIVE\n3,\n4,gone  away\n5,Gone away\n6\n"))
    assert status_words_in(table, "s") == {"Active": 2, "": 1, "gone  away": 2}


@pytest.mark.parametrize(
    ("word", "column", "name"),
    [
        ("ACTIVE", "", "Active"),
        ("Aktiv", "Kundenstatus", "Active"),
        ("prospect", "", "Lead"),
        ("not_active", "", "Inactive"),
        ("vacation", "", "Vacation"),
        ("Seasonal", "", "Vacation"),
        ("Suspended", "", None),
        ("yes", "Active?", "Active"),
        ("0", "is_active", "Inactive"),
        ("No", "Churn", "Active"),
        ("Yes", "Churn", None),
        ("Yes", "Status", None),
        ("blue", "", None),
        ("", "", None),
    ],
)
def test_only_clear_words_are_guessed(desk: Desk, word: str, column: str, name: str | None) -> None:
    desk.create_status({"name": "Vacation", "stage": Stage.PAUSED, "colour": "#123456"})
    statuses = desk.store.statuses.all()
    guessed = guess_status_words([word], statuses, column)
    assert guessed == ({} if name is None else {word: next(s.id for s in statuses if s.name == name)})


def test_retired_statuses_are_not_guessed(desk: Desk) -> None:
    made = desk.create_status({"name": "Vacation", "stage": Stage.PAUSED, "colour": "#123456"}).status_id
    assert made is not None
    desk.retire_status(made)
    assert guess_status_words(["Vacation"], desk.store.statuses.all()) == {}


@pytest.mark.parametrize(
    ("word", "column", "proposed"),
    [
        ("Yes", "Churn", NewStatus("Churned", False, Stage.ENDED, winback=True)),
        ("Cancelled by customer", "", NewStatus("Cancelled by customer", False, Stage.ENDED, winback=True)),
        ("Moved out of area", "", NewStatus("Moved out of area", False, Stage.ENDED)),
        ("Inkasso", "", NewStatus("Inkasso", False, Stage.DEBT)),
        ("Inactive", "", NewStatus("Inactive", False, Stage.ENDED, winback=True)),
        ("Active (fibre)", "", NewStatus("Active (fibre)", True, Stage.IN_SERVICE)),
        ("Yes", "Status", None),
        ("17", "", None),
    ],
)
def test_a_new_status_is_proposed_where_the_word_says_enough(
    word: str, column: str, proposed: NewStatus | None
) -> None:
    assert suggest_status(word, column) == proposed


def test_words_without_a_status_are_named() -> None:
    assert words_left(["Active", "gone", ""], {"ACTIVE": 1, "": 2}) == ("gone",)
