"""A dossier as Markdown."""

from __future__ import annotations

from agents.dossier.dossier import Dossier
from agents.dossier.wording import WORDS
from agents.ledger.markdown import document, entry, escaped, section
from agents.ledger.wording import on_day


def dossier_markdown(found: Dossier) -> str:
    """The sections that hold something, each claim with what was said, in the language of the material."""
    language, words = found.language, WORDS[found.language]
    title = escaped(found.ledger.project)
    if found.as_of:
        title = words["title"].format(project=title, day=on_day(found.as_of, language))
    parts = [
        part
        for one in found.sections
        for part in section(
            words[one.key], [entry(escaped(claim.text), claim.evidence, language) for claim in one.claims], language
        )
    ]
    return document(title, parts or [words["nothing"]], found.ledger.coverage, language)
