"""A line that promises several things, each by its own day: "I'll do the plan by Monday and the test by Friday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from agents.extract.cues import Role, weigh
from agents.extract.dues import find_due
from agents.extract.sentences import sentences
from agents.ledger.domain import Due

_JOINT = re.compile(r"[,，；;、](?!\d)|\b(?:and|then)\b|另外|还有|然后", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:we|you|he|she|they|it|is|are|was|were|has|had|if|or|but|because|which|start\w*|finish\w*|done)\b|你|他|她|如果|"
    r"或者?|就是|"
    r"开始|做完|完成|弄完",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|before|until)\b|[前给交出写发做弄改查]", re.IGNORECASE)
_UNSURE = 0.5
_WORDS = re.compile(r"[A-Za-z][\w'’-]*|[\u3400-\u9fff]")
_FEWEST = 2


def promised_parts(text: str, line: int, day: date) -> list[tuple[str, Due]]:
    """The promises of a line with their own due days, in order; empty where it has fewer than two such.

    Each but the first must say what is promised besides its day, and speak of nobody but the speaker: "start on Monday
    and finish by Friday" is one promise.
    """
    if weigh(text, Role.REDATE):
        return []
    found: list[tuple[str, Due]] = []
    for sentence in sentences(text):
        for piece in _pieces(sentence, line, day):
            due = find_due([piece], line, day)
            promised = weigh(piece, Role.PROMISE)
            begins = bool(promised) and not weigh(piece, Role.OPEN) >= _UNSURE
            if due and (begins or (found and _follows(piece, due))):
                found.append((piece, due))
    days = {due.day for _, due in found}
    return found if len(found) > 1 and len(days) == len(found) else []


def _pieces(sentence: str, line: int, day: date) -> Sequence[str]:
    """The sentence in pieces at its joints, each as long as it takes to hold a due day."""
    cuts = [*(match.start() for match in _JOINT.finditer(sentence)), len(sentence)]
    pieces: list[str] = []
    start = 0
    for cut in cuts:
        piece = _JOINT.sub("", sentence[start:cut], count=1) if start else sentence[start:cut]
        if find_due([piece], line, day):
            pieces.append(piece.strip())
            start = cut
    return pieces


def _follows(piece: str, due: Due) -> bool:
    rest = piece.replace(due.said, "", 1)
    return bool(_BY.search(rest)) and not _OTHERS.search(rest) and len(_WORDS.findall(rest)) > _FEWEST
