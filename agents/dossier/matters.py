"""Sections of a dossier that tell of matters: what holds, what is open, what was measured, and what contradicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from agents.dossier.claims import Claims, DossierClaim, claim
from agents.dossier.wording import WORDS
from agents.ledger.domain import Item, ItemKind, LinkType, Measure
from agents.ledger.matters import Matter, Said, evidence_of
from agents.ledger.service import ProjectLedger
from agents.ledger.threads import OVER
from agents.ledger.wording import on_day, set_by_hand, standing, valued, worded, written
from agents.qa.language import Language


def decisions(found: Iterable[Matter], language: Language) -> Claims:
    """What holds, since when where it was changed, and what held before."""
    return (_decision(matter, language) for matter in _of(found, ItemKind.DECISION))


def commitments(found: Iterable[Matter], language: Language) -> Claims:
    """What was promised, person by person and day by day."""
    return (_claim(matter, language) for matter in _by_person(_of(found, ItemKind.COMMITMENT)))


def questions(found: Iterable[Matter], language: Language) -> Claims:
    """What was asked; what is answered comes last."""
    return (_claim(matter, language) for matter in _of(found, ItemKind.QUESTION))


def risks(found: Iterable[Matter], language: Language) -> Claims:
    """What may go wrong, and since when it has grown, is gone or stands unchanged."""
    return (_risk(matter, language) for matter in _of(found, ItemKind.RISK))


def metrics(found: Iterable[Matter], language: Language) -> Claims:
    """Every measure with its values, and where the last two lead."""
    return (_series(matter, language) for matter in _of(found, ItemKind.METRIC))


def conflicts(whole: ProjectLedger, said: Said, language: Language) -> Claims:
    """What was said otherwise later and nobody has settled, and numbers of one measure that differ in one meeting."""
    pairs = [(before, after) for before, after, _ in whole.conflicts]
    measured = [step.item for thread in whole.threads for step in thread.steps if step.item.said.measure]
    for before, after in [*pairs, *_at_odds(measured)]:
        form = WORDS[language]["conflict"]
        text = form.format(before=_words(before, language), after=_words(after, language))
        evidence, about = evidence_of([before, after], said), [before.id, after.id]
        hand = [*written(before.said, language), *written(after.said, language)]
        yield claim(f"{before.id}-{after.id}", text, evidence, about=about, by_hand=hand)


def noted(matter: Matter, language: Language, *, owned: bool = True) -> str:
    """A matter in its words, and whose it is (where `owned`), by when, and how it stands."""
    notes = standing(matter.thread, matter.status, language, owned=owned)
    return WORDS[language]["noted"].format(text=worded(matter.shown.said, language), notes=notes)


def marked(matter: Matter, language: Language) -> list[str]:
    """What is marked in the words of a matter as set by hand."""
    return set_by_hand(matter.thread, matter.status, language)


def _of(found: Iterable[Matter], kind: ItemKind) -> list[Matter]:
    """The matters of a kind that still stand, the newest first; what is over comes last."""
    some = [matter for matter in found if matter.thread.kind is kind]
    return sorted(some, key=lambda m: (m.status in OVER, -m.thread.steps[-1].item.day.toordinal()))


def _by_person(found: Sequence[Matter]) -> list[Matter]:
    def whose(matter: Matter) -> tuple[bool, bool, str, date]:
        owner, due = matter.thread.owner, matter.thread.due
        return matter.status in OVER, owner is None, owner.name if owner else "", due.day if due else date.max

    return sorted(found, key=whose)


def _claim(matter: Matter, language: Language) -> DossierClaim | None:
    """What was said, whose it is, by when, and how it stands."""
    people = [matter.thread.owner.name] if matter.thread.owner else []
    id = matter.thread.id
    text, hand = noted(matter, language), marked(matter, language)
    return claim(id, text, matter.evidence, people=people, about=[id], by_hand=hand)


def _decision(matter: Matter, language: Language) -> DossierClaim | None:
    current, before = matter.thread.current, _before(matter)
    if before is None:
        return _claim(matter, language)
    text = WORDS[language]["changed"].format(
        text=worded(current.said, language),
        notes=standing(matter.thread, matter.status, language),
        day=on_day(current.day, language),
        before=worded(before.said, language),
    )
    evidence = [*matter.evidence, *evidence_of([before], matter.said)]
    return claim(matter.thread.id, text, evidence, about=[matter.thread.id], by_hand=marked(matter, language))


def _before(matter: Matter) -> Item | None:
    """What held before what holds now; null where nothing was changed."""
    items = [step.item for step in matter.thread.steps]
    at = items.index(matter.thread.current)
    earlier = matter.thread.until(items[at - 1].day) if at else None
    return earlier.current if earlier and earlier.current is not matter.thread.current else None


def _risk(matter: Matter, language: Language) -> DossierClaim | None:
    """With its trend: the last step that made it grow or go, else that it stands since it was named."""
    steps = matter.thread.steps
    moved = [step for step in steps if step.does in (LinkType.WORSENS, LinkType.FULFILS)]
    form = WORDS[language]["since" if moved else "unchanged"]
    day = (moved[-1] if moved else steps[0]).item.day
    trend = form.format(notes=standing(matter.thread, matter.status, language), day=on_day(day, language))
    text = WORDS[language]["noted"].format(text=worded(matter.shown.said, language), notes=trend)
    items = [matter.shown, *(step.item for step in moved[-1:]), steps[-1].item]
    evidence = evidence_of(items, matter.said)
    return claim(matter.thread.id, text, evidence, about=[matter.thread.id], by_hand=marked(matter, language))


def _series(matter: Matter, language: Language) -> DossierClaim | None:
    steps = [(step.item, step.item.said.measure) for step in matter.thread.steps if step.item.said.measure]
    measures = [measure for _, measure in steps if measure]
    if not measures:
        return None
    text = f"{measures[-1].name}: {' → '.join(valued(item.said, language) for item, _ in steps)}"
    if direction := _direction(measures):
        text = WORDS[language]["noted"].format(text=text, notes=WORDS[language][direction])
    evidence = evidence_of([item for item, _ in steps], matter.said)
    return claim(matter.thread.id, text, evidence, about=[matter.thread.id], by_hand=marked(matter, language))


def _direction(measures: Sequence[Measure]) -> str | None:
    """Where the last value went from the one before; null for a single value, and where the units differ."""
    if len(measures) < 2 or measures[-1].unit != measures[-2].unit:
        return None
    change = measures[-1].value - measures[-2].value
    return "up" if change > 0 else "down" if change < 0 else "level"


def _at_odds(measured: Iterable[Item]) -> list[tuple[Item, Item]]:
    """Values of one measure that lines of one meeting give differently, the first and the last of them."""
    values: dict[tuple[str, str, str], list[tuple[Item, Decimal]]] = defaultdict(list)
    for item in measured:
        if measure := item.said.measure:
            values[(item.meeting_id, measure.name.casefold(), measure.unit)].append((item, measure.value))
    found: list[tuple[Item, Item]] = []
    for some in values.values():
        ordered = sorted(some, key=lambda pair: pair[0].said.lines)
        (first, value), (last, other) = ordered[0], ordered[-1]
        if value != other and first.said.lines != last.said.lines:
            found.append((first, last))
    return found


def _words(item: Item, language: Language) -> str:
    return worded(item.said, language).rstrip("。.；; ")
