"""Who takes part in a project: since when, as what, what they decide and promise, and what is open to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agents.dossier.claims import Claims, claim
from agents.dossier.matters import marked, noted
from agents.dossier.wording import WORDS
from agents.ledger.domain import ItemKind
from agents.ledger.heard import Place, Presence
from agents.ledger.matters import Matter
from agents.ledger.threads import OVER
from agents.ledger.wording import by_hand, on_day
from agents.qa.language import Language
from retrieval.domain import Evidence


def people(
    presences: Sequence[Presence],
    said: Mapping[Place, Evidence],
    found: Sequence[Matter],
    roles: Iterable[Matter],
    language: Language,
) -> Claims:
    """A claim for everybody who speaks, one for each part that they say is theirs, the newest words for it, and one
    for everybody to whom something is open. A speaker who is not known is nobody."""
    parts = _newest_parts(roles)
    open_ = _open(found)
    decided, promised = _stated(found)
    for name in sorted({*(one.name for one in presences), *open_}):
        presence = next((one for one in presences if one.name == name), None)
        evidence = [said[place] for place in presence.ends if place in said] if presence else []
        if presence and evidence:
            first, last = evidence[0].date, evidence[-1].date
            form = WORDS[language]["speaks_once" if first == last else "speaks"]
            text = form.format(name=name, first=on_day(first, language), last=on_day(last, language))
            counted = {"meetings": presence.meetings, "decisions": decided[name], "commitments": promised[name]}
            yield claim(name, text, evidence, people=[name], counted=counted)
        if part := parts.get(name):
            text = WORDS[language]["part"].format(name=name, text=part.shown.said.text)
            yield claim(f"{name}/role", text, part.evidence, people=[name], about=[part.thread.id])
        if some := open_.get(name):
            told = " · ".join(noted(one, language, owned=False) for one in some)
            hand = [phrase for one in some for phrase in marked(one, language)]
            # a name that only people gave is marked; one that a line gives stands there
            shown = by_hand(name, language)
            shown = shown if all(shown in marked(one, language) for one in some) else name
            text = WORDS[language]["open_for"].format(name=shown, open=told)
            about, evidence = [one.thread.id for one in some], [e for one in some for e in one.evidence]
            yield claim(f"{name}/open", text, evidence, people=[name], about=about, by_hand=hand)


def _newest_parts(roles: Iterable[Matter]) -> dict[str, Matter]:
    """What everybody said last of their part."""
    ordered = sorted(roles, key=lambda one: (one.shown.day, one.shown.meeting_id, one.shown.said.lines))
    return {one.thread.owner.name: one for one in ordered if one.thread.owner}


def _open(found: Iterable[Matter]) -> dict[str, list[Matter]]:
    open_: dict[str, list[Matter]] = defaultdict(list)
    for matter in found:
        if matter.thread.owner and matter.status not in OVER:
            open_[matter.thread.owner.name].append(matter)
    return open_


def _stated(found: Iterable[Matter]) -> tuple[Counter[str], Counter[str]]:
    """How many decisions everybody was the first to state, and how many promises are theirs."""
    decided, promised = Counter[str](), Counter[str]()
    for matter in found:
        if matter.thread.kind is ItemKind.COMMITMENT and matter.thread.owner:
            promised[matter.thread.owner.name] += 1
        elif matter.thread.kind is ItemKind.DECISION:
            evidence = matter.said.get(matter.thread.id, ())
            speaker = evidence[0].lines[0].speaker if evidence else None
            decided.update([speaker] if speaker else [])
    return decided, promised
