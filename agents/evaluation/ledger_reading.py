"""A series of meetings, read one after another as the ledger reads them, with nothing stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from agents.evaluation.ledger_model import AskedModel
from agents.extract.topic_names import parts_of
from agents.ledger.domain import MATTERS, Item, ItemDraft, ItemKind, Link
from agents.ledger.finding import find_drafts, inquiries
from agents.ledger.threads import Thread, threads
from agents.link.domain import Linked, Meaning, ReadMeeting, SecondOpinion
from agents.ports import Reads
from agents.reading.domain import Reply
from agents.reading.pairing import PairOpinion
from retrieval.domain import Line


class Linking(Protocol):
    """What `agents.link.linking.link_meeting` does; a second opinion is only given where a model reads."""

    def __call__(
        self, threads: Sequence[Thread], meeting: ReadMeeting, meaning: Meaning, /, *, second: SecondOpinion = ...
    ) -> Linked:
        """What the meeting does to the threads."""
        ...


_SHARED_SECONDS = 0.5
"""Lines overlap by more than this, or by half of the shorter: recognised lines begin and end a little off."""


Moved = Mapping[int, tuple[int, ...]]
"""The lines that take the place of a line, by its index."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A meeting that was read: its lines, its items, updates included, and what they do to those of earlier ones."""

    id: str
    lines: tuple[Line, ...]
    items: tuple[Item, ...]
    links: tuple[Link, ...]

    @property
    def drafts(self) -> list[ItemDraft]:
        """What the meeting says, without its place in the ledger."""
        return [item.said for item in self.items]

    def on_lines(self, moved: Moved) -> Reading:
        """The same reading with its items on other lines."""
        return replace(self, items=tuple(replace(item, said=on_lines(item.said, moved)) for item in self.items))


def read_meetings(
    meetings: Iterable[tuple[str, date, tuple[Line, ...]]],
    meaning: Meaning,
    link: Linking,
    *,
    heard: bool = False,
    model: AskedModel | None = None,
) -> Iterator[Reading]:
    """Read a project's meetings, given by id, day and lines in the order of their days: each is searched for items,
    and linked to what was read before. `heard` are lines of a recogniser. A `model` is asked what it would be
    asked in the ledger, without what the project holds. Raises ModelMissingError, and ModelFailedError with a model."""
    items: list[Item] = []
    links: list[Link] = []
    for id, day, lines in meetings:
        replies: list[Reply] = []
        if model:
            asked = inquiries(lines, day, meaning, model.card, model.reply_tokens, heard=heard)
            replies = model.ask(asked)
        drafts = find_drafts(lines, day, meaning, heard=heard, replies=replies)
        own = tuple(Item(f"{id}#{number}", id, day, draft) for number, draft in enumerate(drafts))
        matters = ReadMeeting(id, day, lines, tuple(item for item in own if item.kind in MATTERS))
        linked = _linked(threads(items, links), matters, meaning, link, model)
        reading = Reading(id, lines, (*own, *linked.updates), linked.links)
        items += reading.items
        links += reading.links
        yield reading


def _linked(
    before: Sequence[Thread], read: ReadMeeting, meaning: Meaning, link: Linking, model: AskedModel | None
) -> Linked:
    """What linking gives, once a model has said what it thinks of what that is in doubt about."""
    if model is None or model.card.reads is Reads.NOTHING:
        return link(before, read, meaning)
    doubt = PairOpinion(())
    link(before, read, meaning, second=doubt)
    return link(before, read, meaning, second=PairOpinion(model.ask(doubt.asked)))


def same_time(heard: Sequence[Line], spoken: Sequence[Line]) -> dict[int, tuple[int, ...]]:
    """By the index of each heard line, the indices of the spoken ones of the same time, in order. Lines without times
    are those of no other."""
    return {one.index: tuple(other.index for other in spoken if _together(one, other)) for one in heard}


def on_lines(draft: ItemDraft, moved: Moved) -> ItemDraft:
    """The same item on other lines; on none where nothing takes the place of its own."""
    return replace(draft, lines=tuple(sorted({line for old in draft.lines for line in moved.get(old, ())})))


def uncited(readings: Iterable[Reading]) -> list[int]:
    """For each meeting of a series, how many claims stand on nothing that was said: items, owners, dates and numbers
    whose words are not in the lines that they name, and links that join what was not found by then."""
    known: set[str] = set()
    counts: list[int] = []
    for reading in readings:
        known |= {item.id for item in reading.items}
        said = {line.index: line.text for line in reading.lines}
        loose = sum(not known.issuperset((link.later, link.earlier)) for link in reading.links)
        counts.append(loose + sum(_uncited(draft, said) for draft in reading.drafts))
    return counts


def _together(one: Line, other: Line) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared > min(_SHARED_SECONDS, shorter / 2)


def _uncited(draft: ItemDraft, said: Mapping[int, str]) -> int:
    texts = parts_of(draft.text) if draft.kind is ItemKind.TOPIC else [draft.text]
    words = [(text, draft.lines) for text in texts]
    words += [("", draft.owner.lines)] if draft.owner else []
    words += [(slot.said, (slot.line,)) for slot in (draft.due, draft.measure) if slot is not None]
    return sum(not _stands(text, lines, said) for text, lines in words)


def _stands(text: str, lines: Sequence[int], said: Mapping[int, str]) -> bool:
    """Whether the lines are there and say all of the text in its order; fillers may have been taken out of it."""
    if not lines or any(line not in said for line in lines):
        return False
    letters = iter("".join(said[line] for line in lines))
    return all(letter in letters for letter in text if not letter.isspace())
