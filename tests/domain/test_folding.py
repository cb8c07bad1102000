"""Folding many texts at once says the same as folding one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from statusdesk.domain.folding import search_text, search_texts

TEXTS = st.none() | st.sampled_from(
    [
        "", "AC-1", "Łucja Straße", "Ἀθήνα 3", "A@B.example", "+49 431 1234", "(0431) 12-34", "++49", "12+34", "+",
        "٤٩", "two\x1etexts", "two\x1ffields", "İ", "ﬁ", "e\u0301",
    ]
)  # fmt: skip
PLAIN = st.sampled_from(["Łucja", "Ada", "431", "+49 431"])


@given(st.lists(st.tuples(*[TEXTS] * 6) | st.tuples(*[PLAIN] * 6), min_size=1, max_size=6))
def test_search_texts_are_those_of_single_accounts(accounts: list[tuple[str | None, ...]]) -> None:
    columns = list(zip(*accounts, strict=True))
    assert search_texts(*columns) == [search_text(*account) for account in accounts]
