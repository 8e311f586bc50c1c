"""The summary of a comparison: sentences that code makes of what was said, each checked against its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.comparison.deltas import Deltas, Period, Row
from agents.domain import Claim, Verdict
from agents.ledger.domain import Item
from agents.ledger.matters import Said, evidence_of
from agents.ledger.wording import KINDS, set_by_hand, valued, worded, written
from agents.qa.language import Language, language_of
from agents.qa.verify import Numbered, verify_claim
from retrieval.domain import Evidence

_FORMS: dict[str, dict[Language, str]] = {
    "new": {"zh": "新增{kind}：{after}", "en": "New {kind}: {after}"},
    "changed": {
        "zh": "{kind}有变：此前“{before}”，现在“{after}”",
        "en": 'Changed {kind}: it was "{before}", now "{after}"',
    },
    "closed": {"zh": "{kind}已了结：{before}（{after}）", "en": "Closed {kind}: {before} ({after})"},
    "dropped": {"zh": "{kind}到期后无人再提：{before}", "en": "{kind} past its day and not spoken of: {before}"},
    "metric": {"zh": "{name}：{before} → {after}", "en": "{name}: {before} → {after}"},
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement with the evidence it stands on and what checking it found."""

    text: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        """The claim document of the contract, with its evidence."""
        return {
            "text": self.text,
            "verdict": self.verdict.value,
            "evidence": [evidence.to_json() for evidence in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that their evidence supports, and how many others there would have been."""

    sentences: tuple[Sentence, ...]
    left_out: int


def summary(found: Deltas, later: Period, said: Said) -> Summary:
    """A sentence for each thread that is new, changed, closed or dropped, and each number that moved, as far as its
    evidence supports it."""
    told = [
        _told(name, row, later, said)
        for name in ("changed", "new", "closed", "dropped")
        for row in getattr(found, name)
    ]
    told += [_moved(*moved, said) for row in found.metrics if (moved := _values(row, later))]
    kept = tuple(sentence for sentence in told if sentence)
    return Summary(kept, len(told) - len(kept))


def checked(
    text: str, evidence: Sequence[Evidence], people: Iterable[str] = (), by_hand: Iterable[str] = ()
) -> Sentence | None:
    """The statement with its verdict; null when something in it stands nowhere in its evidence. What is marked as set
    `by_hand` stands on what a person said, and is left out of that."""
    sources = [Numbered(n, one) for n, one in enumerate(evidence, start=1)]
    stated = text
    for phrase in by_hand:
        stated = stated.replace(phrase, "")
    if sources and stated != text and not any(character.isalnum() for character in stated):
        return Sentence(text, Verdict.SUPPORTED, tuple(evidence))
    claim = verify_claim(Claim(stated, tuple(source.n for source in sources), Verdict.SUPPORTED), sources, people)
    return None if claim.verdict is Verdict.REMOVED else Sentence(text, claim.verdict, tuple(evidence))


def _told(name: str, row: Row, later: Period, said: Said) -> Sentence | None:
    now = [step.item for step in row.thread.steps if later.holds(step.item.day)]
    before = row.before or row.thread.steps[0].item
    after = now[-1] if now else row.after
    items = [item for item in (before if name != "new" else None, after) if item]
    language = language_of(before.said.text)
    text = _FORMS[name][language].format(
        kind=KINDS[row.thread.kind][language],
        before=_short(before, language),
        after=_short(after, language) if after else "",
    )
    marked = set_by_hand(row.thread, row.thread.status([]), language)
    return checked(text[:1].upper() + text[1:], evidence_of(items, said), by_hand=marked)


def _values(row: Row, later: Period) -> tuple[Item, Item] | None:
    """The items of a number that is another in the later period; null where it is none."""
    before, after = row.before, row.after
    if not (before and after and before.said.measure and after.said.measure and later.holds(after.day)):
        return None
    return None if before.said.measure.value == after.said.measure.value else (before, after)


def _moved(before: Item, after: Item, said: Said) -> Sentence | None:
    was, now = before.said.measure, after.said.measure
    if was is None or now is None:
        return None
    language = language_of(after.said.text)
    text = _FORMS["metric"][language].format(
        name=now.name, before=valued(before.said, language), after=valued(after.said, language)
    )
    marked = [phrase for item in (before, after) for phrase in written(item.said, language)]
    return checked(text, evidence_of([before, after], said), by_hand=marked)


def _short(item: Item, language: Language) -> str:
    return worded(item.said, language).rstrip("。.；; ")
