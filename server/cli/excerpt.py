"""The lines of a found passage that are worth a reader's first look."""

from __future__ import annotations

SHOWN = 3


def excerpt(text: str, query: str) -> list[str]:
    """The line that shares most terms with the query, with a line before and after; the first lines when none does."""
    from ingestion.text.terms import terms

    lines = text.splitlines()
    wanted = set(terms(query))
    shared = [len(wanted & set(terms(line))) for line in lines]
    best = shared.index(max(shared)) if any(shared) else 1
    first = max(0, min(best - 1, len(lines) - SHOWN))
    return lines[first : first + SHOWN]
