"""Templates and copies: every one can be made as it stands, whatever there is already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.folding import name_key
from statusdesk.domain.looks import Look, Shape, looks_alike
from statusdesk.domain.records import Stage, Status
from statusdesk.domain.rules import LONGEST_NAME, check_new_status
from statusdesk.domain.templates import TEMPLATES, Template, blank, duplicate, free_name, from_template


def made(template: Template, others: list[Status]) -> Status:
    status = check_new_status(from_template(template, others), others, position=1)
    values = {name: getattr(status, name) for name in Status._fields}
    return Status(**{**values, "id": len(others) + 1})


def test_only_the_reduced_vacation_activates() -> None:
    assert [template.label for template in TEMPLATES if template.activates] == ["Vacation (reduced service)"]
    assert [template.name for template in TEMPLATES if template.winback] == ["May return"]


@pytest.mark.parametrize("rounds", [1, 3])
def test_every_template_can_be_used_again_and_again(rounds: int) -> None:
    others: list[Status] = []
    for template in TEMPLATES * rounds:
        others.append(made(template, others))
    assert len({name_key(status.name) for status in others}) == len(TEMPLATES) * rounds
    looks = [Look(Shape(status.shape), status.colour) for status in others]
    assert not any(looks_alike(one, other) for place, one in enumerate(looks) for other in looks[:place])


def test_a_template_unused_so_far_keeps_its_name_and_look() -> None:
    for template in TEMPLATES:
        assert from_template(template, []) == template.fields()


def test_a_copy_can_be_made_as_it_stands() -> None:
    original = made(TEMPLATES[3], [])
    fields = duplicate(original, [original])
    assert fields["name"] == "Vacation 2"
    assert fields["description"] == original.description
    check_new_status(fields, [original], position=2)


def test_a_blank_one_lacks_nothing_but_its_name() -> None:
    fields = blank(Stage.PAUSED, [made(TEMPLATES[0], [])])
    assert not fields["activates"]
    check_new_status({**fields, "name": "Any"}, [], position=1)


@given(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=LONGEST_NAME),
    st.lists(st.integers(2, 12), unique=True),
)
def test_a_free_name_is_free_and_short_enough(name: str, numbers: list[int]) -> None:
    taken = [name, *(f"{name} {number}" for number in numbers)]
    found = free_name(name, taken)
    assert name_key(found) not in map(name_key, taken)
    assert 1 <= len(found) <= LONGEST_NAME
