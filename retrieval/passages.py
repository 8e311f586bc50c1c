"""Finds that touch become one passage: a discussion is found once, and the next result is another one."""

from __future__ import annotations

from collections.abc import Sequence

MOST_CHUNKS = 3
"""Chunks in one passage; a longer one would say less about where the answer stands."""

Find = tuple[str, int, int, float]
"""A run of utterances that was found: meeting, first, last (both included), score."""


def passages(finds: Sequence[Find], limit: int, joining: int) -> list[Find]:
    """At most `limit` runs, in the order of their best find, whose score they have.

    `finds` are chunks, best first. Each of the first `joining` joins the first run that it lies beside; what joins
    none begins a run.
    """
    found: list[Find] = []
    sizes: list[int] = []
    for rank, find in enumerate(finds):
        beside = (at for at, run in enumerate(found) if sizes[at] < MOST_CHUNKS and _touch(run, find))
        at = next(beside, None) if rank < joining else None
        if at is not None:
            run = found[at]
            found[at] = (run[0], min(run[1], find[1]), max(run[2], find[2]), run[3])
            sizes[at] += 1
        elif len(found) < limit:
            found.append(find)
            sizes.append(1)
    return found


def _touch(one: Find, other: Find) -> bool:
    return one[0] == other[0] and (one[2] + 1 == other[1] or other[2] + 1 == one[1])
