"""What the ledger says to a question: matters, the steps of one, or what changed; each a checked sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from agents.comparison.periods import When
from agents.comparison.report import Comparison, compare
from agents.comparison.summary import Sentence
from agents.comparison.who import Listener, Who
from agents.ledger.domain import Field, Item
from agents.ledger.service import Ledger, MeetingReading, ProjectLedger, ReadState
from agents.ledger.threads import Thread
from agents.ledger.wording import worded
from agents.qa.excerpt import excerpt
from agents.qa.language import Language
from agents.qa.rank import Key
from ingestion.domain import SearchFilter
from retrieval.domain import Evidence


class LedgerSource(Protocol):
    """Knows what the meetings of a project hold. Blocking: called in a worker thread."""

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        """What the project's meetings hold up to a day, or all of them. Raises NotFoundError."""
        ...

    def readings(self, name: str) -> list[MeetingReading]:
        """The ready meetings of a project, each with the state of its reading. Raises NotFoundError."""
        ...

    def evidence(self, items: Iterable[Item]) -> Mapping[str, Sequence[Evidence]]:
        """What was said that makes each item, by its id."""
        ...

    def compare(self, projects: Sequence[str], when: When, who: Who | None) -> Comparison:
        """What changed between two periods, by what `who` says if given. Raises NotFoundError, BadInputError."""
        ...


class ProjectLedgers:
    """`LedgerSource` by the ledger and its comparisons."""

    def __init__(self, ledger: Ledger, listener: Listener) -> None:
        self._ledger, self._listener = ledger, listener

    def project(self, name: str, until: date | None = None) -> ProjectLedger:
        """See `LedgerSource`."""
        return self._ledger.project(name, until)

    def readings(self, name: str) -> list[MeetingReading]:
        """See `LedgerSource`."""
        return self._ledger.readings(name)

    def evidence(self, items: Iterable[Item]) -> Mapping[str, Sequence[Evidence]]:
        """See `LedgerSource`."""
        return self._ledger.evidence(items)

    def compare(self, projects: Sequence[str], when: When, who: Who | None) -> Comparison:
        """See `LedgerSource`."""
        return compare(self._ledger, projects, when, who, self._listener)


@dataclass(frozen=True, slots=True)
class Telling:
    """What the ledger says: sentences under a heading, which meetings were read for it, and notes for the reader.

    `whole` says that the sentences are the answer; else what was said may add to them.
    """

    heading: str
    told: tuple[Sentence, ...]
    read: str
    whole: bool = False
    notes: tuple[str, ...] = ()


def lines_of(item: Item) -> list[Key]:
    """The lines that state an item."""
    return [(item.meeting_id, line) for line in item.said.lines]


def in_scope(thread: Thread, where: SearchFilter) -> list[Item]:
    """The items of a thread that meetings of the filter say, oldest first."""
    return [
        step.item
        for step in thread.steps
        if (not where.meeting_ids or step.item.meeting_id in where.meeting_ids)
        and (where.since is None or step.item.day >= where.since)
        and (where.until is None or step.item.day <= where.until)
    ]


def in_words(item: Item, said: Mapping[str, Sequence[Evidence]], language: Language, most: int) -> str:
    """Who says what an item says, of long lines the beginning; where a person has written it, that, with a mark."""
    if item.said.set_at(Field.TEXT):
        return worded(item.said, language)
    stated = set(item.said.lines)
    lines = [line for one in said.get(item.id, ()) for line in one.lines if line.index in stated]
    left, right, colon = ("「", "」", "：") if language == "zh" else ("“", "”", ": ")
    turns: list[str] = []
    for speaker, of in groupby(lines, key=lambda line: line.speaker):
        text = excerpt(" ".join(line.text for line in of), (), most)
        turns.append(f"{speaker}{colon}{left}{text}{right}" if speaker else f"{left}{text}{right}")
    return " ".join(turns)


_READ = {
    "zh": "（台账：{count} 场会议读入 {read} 场{rest}）",
    "en": "(ledger: {read} of {count} meetings read into it{rest})",
}
_READING = {"zh": "，{n} 场正在读", "en": "; {n} being read"}
_FAILED = {"zh": "，{n} 场没有读成", "en": "; {n} could not be read"}


def read_line(readings: Sequence[MeetingReading], language: Language) -> str:
    """How many of the meetings have been read into the ledger."""
    states = [one.state for one in readings]
    rest = "".join(
        words[language].format(n=n)
        for state, words in ((ReadState.READING, _READING), (ReadState.FAILED, _FAILED))
        if (n := states.count(state))
    )
    return _READ[language].format(count=len(states), read=states.count(ReadState.READ), rest=rest)
