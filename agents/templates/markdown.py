"""A review as Markdown."""

from __future__ import annotations

from agents.comparison.summary import Sentence
from agents.ledger.markdown import document, entry, escaped, quoted
from agents.qa.language import Language
from agents.templates.review import Review, ReviewedSection, is_verbatim
from agents.templates.wording import WORDS, heading


def review_markdown(found: Review) -> str:
    """The review with what was said; a section of which nothing was found says so."""
    title = heading(escaped(found.title), escaped(found.meeting.title), found.focus, found.language)
    parts = [part for section in found.sections for part in _section(section, found.language)]
    return document(title, parts, found.meeting.coverage, found.language)


def _section(section: ReviewedSection, language: Language) -> list[str]:
    words = WORDS[language]
    entries = [_claim(claim, language) for claim in section.claims]
    more = [words["left_out"].format(n=section.left_out)] if section.left_out else []
    return [f"## {escaped(section.title)}", "\n".join(entries) or words["nothing"], *more]


def _claim(claim: Sentence, language: Language) -> str:
    """A claim with its quotes beneath, or alone where it is its only quote."""
    if is_verbatim(claim):
        return "\n".join(f"- {line}" for line in quoted(claim.evidence, language))
    return entry(escaped(claim.text), claim.evidence, language)
