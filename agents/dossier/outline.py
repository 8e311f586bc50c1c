"""Sections of a dossier that tell of its meetings: what for, what they came to, and the words of the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agents.dossier.claims import Claims, DossierClaim, claim
from agents.dossier.wording import WORDS
from agents.ledger.domain import Item, ItemKind
from agents.ledger.heard import Mention, Place
from agents.ledger.matters import Matter
from agents.ledger.wording import on_day, worded, written
from agents.qa.language import Language
from retrieval.domain import Evidence


def purpose(outline: Iterable[Matter], language: Language) -> Claims:
    """What the newest and the first meeting that say so are for."""
    aims = sorted(
        (one for one in outline if one.thread.kind is ItemKind.AIM),
        key=lambda one: (one.shown.day, one.shown.meeting_id),
    )
    return (_dated(one.shown, one.evidence, language) for one in _ends(aims))


def timeline(found: Iterable[Matter], outline: Iterable[Matter], language: Language) -> Claims:
    """What was decided and changed on each day, what meetings came to, and what they talked about; newest first."""
    items: list[tuple[Item, Sequence[Evidence]]] = []
    topics: dict[tuple[int, str], list[tuple[Item, Sequence[Evidence]]]] = defaultdict(list)
    for matter in (*found, *outline):
        for item, evidence in ((step.item, matter.said.get(step.item.id, ())) for step in matter.thread.steps):
            if matter.thread.kind in (ItemKind.DECISION, ItemKind.OUTCOME):
                items.append((item, evidence))
            elif item.kind is ItemKind.TOPIC:
                topics[(item.day.toordinal(), item.meeting_id)].append((item, evidence))
    dated = [(_newest_first(item), _dated(item, evidence, language)) for item, evidence in items]
    dated += [(_newest_first(some[0][0], last=True), _talked(some, language)) for some in topics.values()]
    return (told for _, told in sorted(dated, key=lambda pair: pair[0]))


def glossary(mentions: Iterable[Mention], said: Mapping[Place, Evidence], language: Language) -> Claims:
    """The terms of the project's glossary that are said, with their first and their last mention."""
    for one in mentions:
        evidence = [said[place] for place in dict.fromkeys((one.first, one.last)) if place in said]
        if evidence:
            first, last = evidence[0].date, evidence[-1].date
            form = WORDS[language]["term_once" if first == last else "term"]
            text = form.format(term=one.term, first=on_day(first, language), last=on_day(last, language))
            yield claim(one.term, text, evidence)


def _ends(aims: Sequence[Matter]) -> list[Matter]:
    """The newest and the first, once where they are one."""
    return [aims[-1], aims[0]] if len(aims) > 1 else list(aims)


def _dated(item: Item, evidence: Sequence[Evidence], language: Language) -> DossierClaim | None:
    text = WORDS[language]["dated"].format(day=on_day(item.day, language), text=worded(item.said, language))
    return claim(item.id, text, evidence, about=[item.id], by_hand=written(item.said, language))


def _talked(topics: Sequence[tuple[Item, Sequence[Evidence]]], language: Language) -> DossierClaim | None:
    """The topics of one meeting, in its order."""
    ordered = sorted(topics, key=lambda pair: pair[0].said.lines)
    names = "; ".join(item.said.text for item, _ in ordered)
    first = ordered[0][0]
    text = WORDS[language]["talked"].format(day=on_day(first.day, language), topics=names)
    evidence = [one for _, some in ordered for one in some]
    return claim(f"{first.meeting_id}/topics", text, evidence, about=[item.id for item, _ in ordered])


def _newest_first(item: Item, *, last: bool = False) -> tuple[int, str, bool, tuple[int, ...], str]:
    return -item.day.toordinal(), item.meeting_id, last, item.said.lines, item.id
