"""What may be written into a transcript."""

from __future__ import annotations

import pytest

from ingestion.corrections.domain import checked_name, checked_text, is_nameless
from ingestion.errors import BadInputError


@pytest.mark.parametrize("text", ["", "  ", "\n", "two\nlines", "bell\x07", "a\u2028b", "\ud800", "x" * 10_001])
def test_text_that_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        checked_text(text)


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE utterance; --", "<script>alert(1)</script>", "[n] **x**", "👍", "שלום\u200f!", "x" * 10_000]
)
def test_text_is_data_and_stays_as_given(text: str) -> None:
    assert checked_text(f"  {text} ") == text


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "a\u202eb", "\u200b", "\u200d", "a\nb", "\udfff", "x" * 81])
def test_name_that_is_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="the name"):
        checked_name(name, "the name")


@pytest.mark.parametrize("name", [".*", "(?=x)", "高兴", "O'Brien; --", "<b>", "می\u200cخواهم", "x" * 80])
def test_name_is_data_and_stays_as_given(name: str) -> None:
    assert checked_name(f" {name} ", "the name") == name


def test_one_name_in_two_spellings_of_unicode_is_one_name() -> None:
    assert checked_name("Jose\u0301", "the name") == "José"


@pytest.mark.parametrize(
    ("speaker", "nameless"), [("Speaker 2", True), ("说话人1", True), ("Speaker", False), ("Mina", False)]
)
def test_a_number_is_no_name(speaker: str, nameless: bool) -> None:
    assert is_nameless(speaker) == nameless
