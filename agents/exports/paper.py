"""What every format writes: sections of entries with the places they cite, free of any markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from urllib.parse import quote, urlencode, urlsplit

from agents.exports.wording import WORDS
from agents.ledger.domain import ItemKind
from agents.ledger.markdown import clock
from agents.ledger.matters import Matter
from agents.ledger.threads import Status
from agents.qa.language import Language
from ingestion.errors import BadInputError
from retrieval.domain import Evidence, Line

BASE = "http://127.0.0.1:8000"
"""Where `huimai serve` answers unless told otherwise."""

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for a page that is exported: nothing. Styles stand in it."""

# What XML cannot hold, and marks that turn the direction of the text around them.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a meeting: what the link to it is called, where it leads, who said what there and when. `place` is the
    time, or the line where there is none."""

    place: str
    url: str
    day: date
    meeting: str
    speaker: str | None
    quote: str

    @property
    def source(self) -> str:
        """Day, meeting and, when known, speaker."""
        return " · ".join(filter(None, (self.day.isoformat(), self.meeting, self.speaker)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement, the places it stands on, a note on it, and the sides of which it consists, if any."""

    text: str
    cites: tuple[Cite, ...] = ()
    note: str = ""
    sides: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Entries under a title. `quoted` is false where other parts show the same quotes, so that the places suffice."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: parts that hold something, what to say when there are none, what it was read from, and the matters
    that it tells of, as they stood on `as_of`. Links begin with `base`."""

    base: str
    project: str
    title: str
    language: Language
    parts: tuple[Part, ...]
    nothing: str
    coverage: str
    as_of: date | None
    matters: tuple[Matter, ...] = field(repr=False)

    @property
    def commitments(self) -> list[Matter]:
        """What was promised."""
        return [matter for matter in self.matters if matter.thread.kind is ItemKind.COMMITMENT]

    @property
    def open_commitments(self) -> list[Matter]:
        """What was promised and is not done."""
        return [matter for matter in self.commitments if matter.status is not Status.DONE]


def plain(text: str) -> str:
    """Text without the characters that no document can hold or show."""
    return _UNSHOWN.sub("", text)


def one_line(text: str) -> str:
    """Plain text on one line."""
    return plain(" ".join(text.split()))


def checked_base(base: str) -> str:
    """The address that links begin with, without a slash at its end. Raises BadInputError."""
    try:
        parts = urlsplit(base)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInputError(f"'{base[:80]}' is no address that links could begin with", f"write it like {BASE}")
    return quote(base.rstrip("/"), safe=":/@[]%")


def cites(evidence: Iterable[Evidence], base: str, language: Language) -> tuple[Cite, ...]:
    """The places of the evidence, one for each turn of a speaker."""
    return tuple(
        _cite(one, list(turn), base, language)
        for one in evidence
        for _, turn in groupby(one.lines, key=lambda line: line.speaker)
    )


def _cite(evidence: Evidence, turn: list[Line], base: str, language: Language) -> Cite:
    first = turn[0]
    place = WORDS[language]["line"].format(n=first.index + 1) if first.start is None else clock(first.start)
    where = {"meeting": evidence.meeting_id, "line": first.index}
    when = {} if first.start is None else {"t": f"{first.start:.1f}"}
    return Cite(
        place,
        f"{base}/#{urlencode(where | when)}",
        evidence.date,
        one_line(evidence.meeting_title),
        one_line(first.speaker) if first.speaker else None,
        " ".join(one_line(line.text) for line in turn),
    )
