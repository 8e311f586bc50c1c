"""All flags of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingestion.review.domain import Flag, FlagKind, FlagReason, ReviewLine
from ingestion.review.names import name_flags
from ingestion.review.numbers import number_flags


def flags(lines: Sequence[ReviewLine], names: Sequence[str], before: Sequence[str] = ()) -> list[Flag]:
    """What of a meeting deserves a listen, by line and time. `names` are those to look for, see `names_of`; `before`
    are the texts of earlier meetings of the project."""
    found = [*number_flags(lines, before), *name_flags(lines, names), *_speaker_flags(lines)]
    return sorted(found, key=lambda flag: (flag.line, flag.start or 0.0))


def _speaker_flags(lines: Sequence[ReviewLine]) -> Iterator[Flag]:
    for line in lines:
        if not line.sure:
            yield Flag(FlagKind.SPEAKER, line.index, line.start, line.end, line.speaker or "", FlagReason.OVERLAP)
