"""A model's opinion of what linking is in doubt about."""

from __future__ import annotations

from collections.abc import Iterable

from agents.link.domain import Doubtful
from agents.reading.domain import Form, Inquiry, Reply
from agents.reading.prompts import pair_text
from agents.reading.schema import Matter, PairReply

MOST_PAIRS = 24
"""Pairs of a meeting that a model is asked about, the surest first."""


class PairOpinion:
    """A `SecondOpinion` by what a model replied. What it has not been asked yet is another matter, and `asked` for."""

    def __init__(self, replies: Iterable[Reply]) -> None:
        read = {one.key: one.text for one in replies if one.form is Form.PAIR and one.text is not None}
        self._same = {key: PairReply.model_validate_json(text).matter is Matter.SAME for key, text in read.items()}
        self._asked: dict[str, Inquiry] = {}

    @property
    def asked(self) -> list[Inquiry]:
        """What was asked of it, in order, whether a model has replied or not."""
        return list(self._asked.values())

    def __call__(self, doubtful: Doubtful) -> bool:
        """Whether both are one matter."""
        inquiry = _pair(doubtful)
        if inquiry.key not in self._asked and len(self._asked) < MOST_PAIRS:
            self._asked[inquiry.key] = inquiry
        return self._same.get(inquiry.key, False)


def _pair(doubtful: Doubtful) -> Inquiry:
    earlier = doubtful.earlier
    text = pair_text(earlier.kind.value, earlier.said.text, earlier.day, doubtful.text, doubtful.day)
    return Inquiry(Form.PAIR, text, doubtful.lines, doubtful.lines)
