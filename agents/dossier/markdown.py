"""Dossiers, what changed in one, and why one says a thing, as Markdown."""

from __future__ import annotations

from agents.dossier.changes import Changes, Trail
from agents.dossier.claims import DossierClaim
from agents.dossier.dossier import Dossier
from agents.dossier.wording import WORDS, with_counts
from agents.ledger.markdown import cited, document, entry, escaped, section
from agents.ledger.matters import Matter
from agents.ledger.wording import LINKS, REASONS, on_day
from agents.link.reasons import parts
from agents.qa.language import Language

QUOTED_ELSEWHERE = frozenset({"people", "timeline"})
"""Sections whose quotes stand in others, so that their places suffice."""


def dossier_markdown(found: Dossier) -> str:
    """The sections that hold something, each claim with what was said, in the language of the material."""
    language, words = found.language, WORDS[found.language]
    title = escaped(found.ledger.project)
    if found.as_of:
        title = words["title"].format(project=title, day=on_day(found.as_of, language))
    parts_ = [
        part
        for one in found.sections
        for part in section(
            words[one.key],
            [_claim(claim, language, quoted=one.key not in QUOTED_ELSEWHERE) for claim in one.claims],
            language,
        )
    ]
    return document(title, [*(parts_ or [words["nothing"]]), *left_out(found)], found.ledger.coverage, language)


def changes_markdown(found: Changes) -> str:
    """What is new, changed and gone, in the language of the material."""
    after, words = found.after, WORDS[found.after.language]
    since = found.before.as_of
    day = on_day(since, after.language) if since else found.before.version
    title = words["since_title"].format(project=escaped(after.ledger.project), day=day)
    told = {
        "new": [_claim(claim, after.language) for claim in found.new],
        "changed_claims": [_pair(*pair, after.language) for pair in found.changed],
        "gone": [_claim(claim, after.language) for claim in found.gone],
    }
    parts_ = [part for name, some in told.items() for part in section(words[name], some, after.language)]
    return document(title, parts_ or [words["same"]], after.ledger.coverage, after.language)


def trail_markdown(found: Trail) -> str:
    """A claim and every step that led to it, each with what was said and why it is taken for the same matter."""
    dossier, language = found.dossier, found.dossier.language
    title = WORDS[language]["why_title"].format(project=escaped(dossier.ledger.project))
    steps = [_steps(matter, language) for matter in found.matters]
    return document(title, [_claim(found.claim, language), *steps], dossier.ledger.coverage, language)


def _claim(claim: DossierClaim, language: Language, *, quoted: bool = True) -> str:
    text = escaped(with_counts(claim, language))
    return entry(text, claim.evidence, language) if quoted else f"- {text} {cited(claim.evidence)}"


def _pair(before: DossierClaim, after: DossierClaim, language: Language) -> str:
    words = WORDS[language]
    was = entry(words["before"].format(text=escaped(before.text)), (), language, depth=1)
    return "\n".join([entry(words["after"].format(text=escaped(after.text)), after.evidence, language), was])


def _steps(matter: Matter, language: Language) -> str:
    lines: list[str] = []
    for step in matter.thread.steps:
        why = ""
        if step.link:
            reason, values = parts(step.link.reason)
            told = REASONS[reason][language]
            told += f" ({' → '.join(map(escaped, values))})" if values else ""
            why = f" · {LINKS[step.link.type][language]} · {told} · {step.link.confidence:.2f}"
        text = f"{on_day(step.item.day, language)}: {escaped(step.item.said.text)}{why}"
        lines.append(entry(text, matter.said.get(step.item.id, ()), language))
    return "\n".join(lines)


def left_out(found: Dossier) -> list[str]:
    """A line on the claims that are not told; empty when there are none."""
    return [WORDS[found.language]["left_out"].format(n=found.left_out)] if found.left_out else []
