"""Shares add up to 100.0 %, whatever the counts, and no share is off by a whole tenth."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.distribution import WHOLE, percent, shares

COUNTS = st.lists(st.integers(0, 10**7), max_size=60)


def test_thirds_give_the_odd_tenth_to_the_first() -> None:
    assert shares([1, 1, 1]) == [334, 333, 333]


def test_the_telephone_companys_two_statuses() -> None:
    assert shares([0, 5174, 0, 1869]) == [0, 735, 0, 265]


def test_nothing_to_share() -> None:
    assert shares([]) == []
    assert shares([0, 0]) == [0, 0]


def test_one_has_it_all() -> None:
    assert shares([0, 7, 0]) == [0, WHOLE, 0]


def test_of_equal_losses_the_larger_count_is_served_first() -> None:
    assert shares([500, 1500, 8_000_000 - 2000]) == [0, 0, 1000]
    assert shares([1, 3, 1996]) == [0, 2, 998]


@given(COUNTS)
def test_they_add_up_and_stay_within_a_tenth_of_the_truth(counts: list[int]) -> None:
    found = shares(counts)
    total = sum(counts)
    assert sum(found) == (WHOLE if total else 0)
    if total:
        assert all(
            abs(share - Fraction(count * WHOLE, total)) < 1 for share, count in zip(found, counts, strict=True)
        )


@given(COUNTS)
def test_a_larger_count_never_has_the_smaller_share(counts: list[int]) -> None:
    found = [share for _, share in sorted(zip(counts, shares(counts), strict=True))]
    assert found == sorted(found)


def test_percent_for_people() -> None:
    assert [percent(tenths) for tenths in (0, 7, 334, WHOLE)] == ["0.0 %", "0.7 %", "33.4 %", "100.0 %"]
