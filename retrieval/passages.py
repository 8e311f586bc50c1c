"""Finds among their neighbours: each is raised by those beside it, and finds side by side become one passage.

A discussion is then found once, where it is thickest, and the next result is another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.domain import Evidence

MOST_CHUNKS = 3
"""Chunks in one passage; a longer one would say less about where the answer stands."""

FROM_BEFORE, FROM_AFTER = 0.2, 0.1
"""Share of the score of the find before and after it that a find gets: talk names its subject first, then goes on."""

Find = tuple[str, int, int, float]
"""A run of utterances that was found: meeting, first, last (both included), score."""


def raised(finds: Sequence[Find]) -> list[Find]:
    """The finds, which are chunks, with a share of how far those beside them stand above the poorest; best first."""
    poorest = min((find[3] for find in finds), default=0.0)
    ending = {(find[0], find[2]): find[3] - poorest for find in finds}
    beginning = {(find[0], find[1]): find[3] - poorest for find in finds}
    found: list[Find] = []
    for meeting, first, last, score in finds:
        before = ending.get((meeting, first - 1), 0.0)
        after = beginning.get((meeting, last + 1), 0.0)
        found.append((meeting, first, last, score + FROM_BEFORE * before + FROM_AFTER * after))
    return sorted(found, key=lambda find: -find[3])


def passages(finds: Sequence[Find], limit: int, joining: int) -> list[Find]:
    """At most `limit` runs, in the order of their best find, whose score they have; no utterance stands in two.

    `finds` are chunks, best first. Each of the first `joining` joins the first run that it lies beside, or from which
    only chunks part it that were found too; what joins none begins a run.
    """
    found: list[Find] = []
    ends = {(find[0], find[1]): find[2] for find in finds}
    for rank, find in enumerate(finds[: MOST_CHUNKS * limit]):
        if any(_holds(run, find) for run in found):
            continue
        at = next((at for at, run in enumerate(found) if _fit(run, find, ends)), None) if rank < joining else None
        if at is not None:
            found[at] = _joined(found[at], find)
        elif len(found) < limit:
            found.append(find)
    return found


def best_in(passage: Evidence, finds: Sequence[Find]) -> tuple[int, int] | None:
    """First and last utterance of the first of `finds`, best first, that stands in the passage."""
    return next(
        (
            (first, last)
            for meeting, first, last, _ in finds
            if meeting == passage.meeting_id and first <= passage.last and passage.first <= last
        ),
        None,
    )


def _holds(run: Find, find: Find) -> bool:
    return run[0] == find[0] and run[1] <= find[1] and find[2] <= run[2]


def _joined(run: Find, find: Find) -> Find:
    return run[0], min(run[1], find[1]), max(run[2], find[2]), run[3]


def _fit(run: Find, find: Find, ends: Mapping[tuple[str, int], int]) -> bool:
    """Whether both, with what lies between them, are chunks that were found and no more than a passage has."""
    if run[0] != find[0]:
        return False
    meeting, at, last, _ = _joined(run, find)
    for _ in range(MOST_CHUNKS):
        end = ends.get((meeting, at))
        if end is None or end == last:
            return end == last
        at = end + 1
    return False
