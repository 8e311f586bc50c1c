"""Claims checked against the lines they cite: numbers, days and names must stand there, else the claim falls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from agents.domain import Claim, Verdict
from agents.qa.dates import DateMention
from agents.qa.language import has_han
from agents.qa.orders import heeded
from agents.qa.rank import asks
from agents.qa.spans import Facts, facts_of, people_in
from agents.qa.words import all_terms, content_terms
from retrieval.domain import Evidence

LEAST_SHARED = 1 / 3
"""Share of a claim's content words that its evidence has to say, in one language, for it to be supported."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Evidence that a claim may cite, by number."""

    n: int
    evidence: Evidence


def verify_claim(claim: Claim, sources: Sequence[Numbered], people: Iterable[str], question: str = "") -> Claim:
    """The claim with its verdict and, where a line of `sources` supplies what its own lack, with that line cited too.

    Supported: every number, day and name of the claim stands in its evidence. Weak: it states none of these and shares
    few words with it, a name is only the question's, or its evidence only asks. Removed: something in it stands
    nowhere, or nothing is cited. Orders to a machine support nothing.
    """
    known = list(people)
    sources = [Numbered(source.n, said) for source in sources if (said := heeded(source.evidence))]
    cited = [source for source in sources if source.n in claim.citations]
    if not cited or not claim.text.strip():
        return replace(claim, citations=(), verdict=Verdict.REMOVED, reason="it cites no line")
    missing = missing_facts(claim.text, cited, known)
    for source in sources:
        if not missing:
            break
        if source not in cited and len(missing_facts(claim.text, [*cited, source], known)) < len(missing):
            cited.append(source)
            missing = missing_facts(claim.text, cited, known)
    numbers = tuple(
        dict.fromkeys([*(n for n in claim.citations if any(s.n == n for s in cited)), *(s.n for s in cited)])
    )
    checked = replace(claim, citations=numbers)
    if missing:
        asked = facts_of(question, cited[0].evidence.date, known).names
        if all(what in asked for what in missing):
            return replace(checked, verdict=Verdict.WEAK, reason=f"only the question says {', '.join(missing)}")
        return replace(
            claim, citations=(), verdict=Verdict.REMOVED, reason=f"not in its evidence: {', '.join(missing)}"
        )
    if all(asks(line.text) for source in cited for line in source.evidence.lines):
        return replace(checked, verdict=Verdict.WEAK, reason="stands only on a question")
    if not _shares_words(claim.text, cited, known):
        return replace(checked, verdict=Verdict.WEAK, reason="shares few words with its evidence")
    return replace(checked, verdict=Verdict.SUPPORTED)


def missing_facts(text: str, cited: Sequence[Numbered], people: Sequence[str]) -> list[str]:
    """The numbers, names and days that the text states and none of the cited lines does, in words."""
    stated = [facts_of(text, source.evidence.date, people) for source in cited]
    found = [_facts_of_evidence(source.evidence, people) for source in cited]
    plain = {number for facts in found for number in facts.plain}
    missing = [str(number) for number in stated[0].numbers if number not in plain]
    named = {name for facts in found for name in facts.names}
    said = "\n".join(source.evidence.text for source in cited).lower()
    missing += [name for name in stated[0].names if name not in named and name.lower() not in said]
    for position in range(len(stated[0].days)):
        readings = [facts.days[position] for facts in stated if position < len(facts.days)]
        if not any(
            _day_stands(reading, source.evidence.date, found) for reading, source in zip(readings, cited, strict=False)
        ):
            missing.append(stated[0].days[position].text)
    return missing


def _facts_of_evidence(evidence: Evidence, people: Sequence[str]) -> Facts:
    facts = facts_of(evidence.quote, evidence.date, people)
    speakers = people_in("\n".join(line.speaker or "" for line in evidence.lines), people)
    return replace(facts, names=facts.names | frozenset(speakers))


def _day_stands(mention: DateMention, held: date, found: Sequence[Facts]) -> bool:
    """Whether a day of the claim is named in the evidence, or is the meeting's own day or stretch."""
    if mention.first <= held <= mention.last:
        return True
    for facts in found:
        if any(day.first <= mention.last and mention.first <= day.last for day in facts.days):
            return True
        if mention.is_day and Decimal(mention.first.day) in facts.plain and not facts.days:
            return True
    return False


def _shares_words(text: str, cited: Sequence[Numbered], people: Sequence[str]) -> bool:
    """Whether a claim without facts has enough of its words in its evidence; across languages nothing can be said."""
    said = "\n".join(source.evidence.text for source in cited)
    stated = facts_of(text, cited[0].evidence.date, people)
    if has_han(text) != has_han(said) or stated.numbers or stated.days or stated.names:
        return True
    terms = content_terms(text)
    there = set(all_terms(said))
    shared = [term for term in terms if term in there or (has_han(term) and term in said)]
    return len(shared) >= LEAST_SHARED * len(terms)
