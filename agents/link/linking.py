"""What a new meeting does to what was said before: `link_meeting`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from agents.extract.dues import find_due
from agents.extract.sentences import sentences, words_of
from agents.ledger.domain import Due, Item, ItemDraft, ItemKind, Link
from agents.ledger.threads import Thread
from agents.link.apart import Apart
from agents.link.candidates import DOUBTFUL, FLOOR, Pair, Slots, pairs
from agents.link.cues import Sign, shows
from agents.link.domain import Doubtful, Linked, Meaning, ReadMeeting, SecondOpinion
from agents.link.judging import Judgement, Said, judge
from agents.link.measures import link_measures
from agents.link.reading import Place, Reading, asks
from ingestion.tables import new_id


def link_meeting(
    threads: Sequence[Thread],
    meeting: ReadMeeting,
    meaning: Meaning,
    rejected: Iterable[tuple[Item, str]] = (),
    second: SecondOpinion | None = None,
) -> Linked:
    """Links from the items of a meeting to the threads before it, an item to one thread at most, and updates: lines
    beside the items that tell how something promised, asked or feared stands, or give something decided another
    number or day outright.

    With a `second` opinion, what is not sure enough to be linked but near it is linked where that says so.

    Only threads from meetings other than this one are linked to; their order does not matter. A link says how sure it
    is that both are one matter and how plainly the words say what they do to it (the geometric mean of both), and
    why, as `agents.link.reasons` writes it. What people `rejected` are items of the meeting, each with the id of an
    earlier one of whose matter it is not: it is linked to the next best, if there is one. Blocking: embeds the lines
    and the threads' words, all at once; else the work is one product of matrices, lines by threads. Raises
    ModelMissingError.
    """
    before = sorted(
        (thread for thread in threads if all(step.item.meeting_id != meeting.id for step in thread.steps)),
        key=_place_of,
    )
    apart = Apart(rejected)
    measured = link_measures(
        [thread for thread in before if thread.kind is ItemKind.METRIC],
        [item for item in meeting.items if item.kind is ItemKind.METRIC],
        apart,
    )
    stated = [thread for thread in before if thread.kind is not ItemKind.METRIC]
    if not stated or not meeting.lines:
        return Linked(tuple(measured), ())
    linker = _Linker(stated, Reading(stated, meeting, meaning), apart, second)
    links = linker.link_items([item for item in meeting.items if item.kind is not ItemKind.METRIC])
    told, updates = linker.find_updates()
    return Linked((*measured, *links, *told), tuple(updates))


def _place_of(thread: Thread) -> tuple[date, str, tuple[int, ...], str, str]:
    first = thread.steps[0].item
    return first.day, first.meeting_id, first.said.lines, first.kind, first.id


class _Linker:
    def __init__(
        self, threads: Sequence[Thread], reading: Reading, apart: Apart, second: SecondOpinion | None = None
    ) -> None:
        self._threads, self._apart = threads, apart
        self._reading = reading
        self._second = second
        self._least = DOUBTFUL if second else FLOOR
        self._spoken_of: set[int] = set()
        self._taken: set[int] = set()

    def link_items(self, items: Sequence[Item]) -> list[Link]:
        """Links from the items, the surest first. One promise a thread: a second one like it is another promise."""
        near = self._reading.near([self._reading.positions(item) for item in items])
        links: dict[int, Link] = {}
        promised: set[int] = set()
        for pair in pairs(self._threads, [self._slots(item) for item in items], near, self._least):
            item, thread = items[pair.later], self._threads[pair.thread]
            if pair.later in links or (item.kind is ItemKind.COMMITMENT and pair.thread in promised):
                continue
            if self._apart.item(item, thread):
                continue
            judgement = judge(thread, self._said_by(item))
            if judgement and self._is_one(pair, item.said.text, item.said.lines):
                links[pair.later] = _link(item, thread, pair, judgement)
                self._spoken_of.add(pair.thread)
                if item.kind is ItemKind.COMMITMENT:
                    promised.add(pair.thread)
        for column, item in enumerate(items):
            if column in links or item.kind is ItemKind.COMMITMENT:
                self._taken.update(self._reading.positions(item))
        return [links[column] for column in sorted(links)]

    def find_updates(self) -> tuple[list[Link], list[Item]]:
        """Updates from the lines that are left, for threads that no item speaks of, one a thread."""
        places = self._reading.places(self._taken)
        said = [self._said_at(place) for place in places]
        near = self._reading.near([place.positions for place in places])
        found: list[tuple[Item, Link]] = []
        used: set[tuple[int, ItemKind]] = set()
        for pair in pairs(self._threads, [self._slots_at(place) for place in places], near, self._least):
            thread, place = self._threads[pair.thread], places[pair.later]
            if pair.thread in self._spoken_of or (pair.later, thread.kind) in used or thread.closed:
                continue
            if self._apart.lines(self._lines(place), thread):
                continue
            if not (judgement := judge(thread, said[pair.later])):
                continue
            item = self._update(place, judgement)
            if self._is_one(pair, item.said.text, item.said.lines):
                found.append((item, _link(item, thread, pair, judgement)))
                self._spoken_of.add(pair.thread)
                used.add((pair.later, thread.kind))
        found.sort(key=lambda one: one[0].said.lines)
        return [link for _, link in found], [item for item, _ in found]

    def _is_one(self, pair: Pair, text: str, lines: tuple[int, ...]) -> bool:
        """Whether both of a pair are one matter: the signs make it sure enough, or the second opinion says so."""
        if pair.sure >= FLOOR or self._second is None:
            return pair.sure >= FLOOR
        earlier = self._threads[pair.thread].current
        return self._second(Doubtful(earlier, text, lines, self._reading.meeting.day))

    def _slots(self, item: Item) -> Slots:
        said = item.said
        return Slots(item.kind, said.text, item.day, owner=said.owner, due=said.due)

    def _slots_at(self, place: Place) -> Slots:
        reading, at = self._reading, place.positions[-1]
        return Slots(ItemKind.UPDATE, reading.said[at], reading.meeting.day, reading.speaker(at), place.asked)

    def _said_by(self, item: Item) -> Said:
        positions = self._reading.positions(item)
        said = item.said
        return Said(
            item.kind,
            said.text,
            self._text(positions[0] - 1),
            self._text(positions[-1] + 1),
            item.day,
            asks(said.text),
            self._voices(positions),
            said.owner,
            said.due,
        )

    def _voices(self, positions: Sequence[int]) -> frozenset[str]:
        """Who speaks in the lines, and in the line before where it gives something away."""
        before = positions[0] - 1
        gives = [before] if shows(self._text(before), Sign.TAKEN) else []
        return frozenset(name for at in (*gives, *positions) if (name := self._reading.speaker(at)))

    def _said_at(self, place: Place) -> Said:
        at = place.positions[-1]
        text = self._reading.said[at]
        return Said(
            ItemKind.UPDATE,
            text,
            self._text(at - 1) if place.asked else "",
            self._text(at + 1),
            self._reading.meeting.day,
            asks(text),
            due=self._due(at),
        )

    def _due(self, position: int) -> Due | None:
        line = self._reading.lines[position]
        return find_due(sentences(self._reading.said[position]), line.index, self._reading.meeting.day)

    def _lines(self, place: Place) -> tuple[int, ...]:
        return tuple(self._reading.lines[at].index for at in place.positions)

    def _text(self, position: int) -> str:
        return self._reading.said[position] if 0 <= position < len(self._reading.said) else ""

    def _update(self, place: Place, judgement: Judgement) -> Item:
        reading = self._reading
        lines = self._lines(place)
        text = words_of([reading.said[at] for at in place.positions])
        draft = ItemDraft(ItemKind.UPDATE, lines, text, round(judgement.plain, 3), due=self._due(place.positions[-1]))
        return Item(new_id(), reading.meeting.id, reading.meeting.day, draft)


def _link(item: Item, thread: Thread, pair: Pair, judgement: Judgement) -> Link:
    confidence = round((pair.sure * judgement.plain) ** 0.5, 3)
    return Link(item.id, thread.current.id, judgement.type, confidence, judgement.reason)
