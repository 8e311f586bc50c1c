"""Why a link was made: a key that stays, and the values that it speaks of."""

from __future__ import annotations

from enum import StrEnum

_BETWEEN = "\t"


class Why(StrEnum):
    """What a link rests on."""

    SAME_FACTS = "same_facts"
    """The same numbers and days, or none that differ."""
    SAID_SAME = "said_same"
    """The words say that it stays as it was."""
    NUMBER = "number"
    """Another number: what it was, what it is."""
    DAY = "day"
    """Another day: what it was where that is known, what it is."""
    TAKEN_BACK = "taken_back"
    OWNER = "owner"
    """Another owner: who it was where that is known, who it is."""
    DONE = "done"
    WHEN_DUE = "when_due"
    """Told of when there is no day to come any more, and not said to be unfinished."""
    GONE = "gone"
    GROWN = "grown"
    ANSWERED = "answered"
    UNDER_WAY = "under_way"
    """Spoken of, and not finished."""
    STILL_OPEN = "still_open"
    NEXT_VALUE = "next_value"
    """The same measure again: its value before, its value now."""
    SAYS_OTHERWISE = "says_otherwise"
    TAKEN_UP_AGAIN = "taken_up_again"
    BY_HAND = "by_hand"
    """A person said so."""


def reason(why: Why, *values: object) -> str:
    """The key and its values, as a link carries them."""
    return _BETWEEN.join([why.value, *(str(value).replace(_BETWEEN, " ") for value in values)])


def parts(text: str) -> tuple[Why, tuple[str, ...]]:
    """The key and the values of a reason that `reason` made. Raises ValueError for another text."""
    why, *values = text.split(_BETWEEN)
    return Why(why), tuple(values)
