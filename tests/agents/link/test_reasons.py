"""Why a link was made, as it is kept."""

from __future__ import annotations

import pytest

from agents.link.reasons import Why, parts, reason


def test_a_reason_comes_back_as_it_was_made() -> None:
    assert parts(reason(Why.OWNER, "Ann", "Ben Ode")) == (Why.OWNER, ("Ann", "Ben Ode"))
    assert parts(reason(Why.DONE)) == (Why.DONE, ())


def test_a_value_cannot_pass_for_two() -> None:
    assert parts(reason(Why.OWNER, "Ann\tBen")) == (Why.OWNER, ("Ann Ben",))


def test_another_text_is_no_reason() -> None:
    with pytest.raises(ValueError, match="seems right"):
        parts("seems right")
