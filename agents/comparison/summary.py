"""The summary of a comparison: sentences that code makes of what was said, each checked against its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.comparison.deltas import Deltas, Period, Row
from agents.domain import Claim, Verdict
from agents.ledger.domain import Item
from agents.ledger.matters import Said, evidence_of
from agents.ledger.wording import KINDS
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
    "metric": {"zh": "{name}：{before} → {after}{unit}", "en": "{name}: {before} → {after} {unit}"},
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


def summary(found: Deltas, later: Period, said: Said) -> tuple[Sentence, ...]:
    """A sentence for each thing that is new, changed, closed or dropped, and each number that moved, as far as its
    evidence supports it."""
    told = [
        _told(name, row, later, said)
        for name in ("changed", "new", "closed", "dropped")
        for row in getattr(found, name)
    ]
    told += [_moved(row, later, said) for row in found.metrics]
    return tuple(sentence for sentence in told if sentence)


def checked(text: str, evidence: Sequence[Evidence], people: Iterable[str] = ()) -> Sentence | None:
    """The statement with its verdict; null when something in it stands nowhere in its evidence."""
    sources = [Numbered(n, one) for n, one in enumerate(evidence, start=1)]
    claim = verify_claim(Claim(text, tuple(source.n for source in sources), Verdict.SUPPORTED), sources, people)
    return None if claim.verdict is Verdict.REMOVED else Sentence(text, claim.verdict, tuple(evidence))


def _told(name: str, row: Row, later: Period, said: Said) -> Sentence | None:
    now = [step.item for step in row.thread.steps if later.holds(step.item.day)]
    before = row.before or row.thread.steps[0].item
    after = now[-1] if now else row.after
    items = [item for item in (before if name != "new" else None, after) if item]
    language = language_of(before.said.text)
    text = _FORMS[name][language].format(
        kind=KINDS[row.thread.kind][language],
        before=_short(before),
        after=_short(after) if after else "",
    )
    return checked(text[:1].upper() + text[1:], evidence_of(items, said))


def _moved(row: Row, later: Period, said: Said) -> Sentence | None:
    before, after = row.before, row.after
    if not (before and after and before.said.measure and after.said.measure and later.holds(after.day)):
        return None
    was, now = before.said.measure, after.said.measure
    if was.value == now.value:
        return None
    form = _FORMS["metric"][language_of(after.said.text)]
    text = form.format(
        name=now.name, before=was.said, after=now.said, unit=now.unit if now.unit not in now.said else ""
    )
    return checked(text.strip(), evidence_of([before, after], said))


def _short(item: Item) -> str:
    return item.said.text.strip().rstrip("。.；; ")
