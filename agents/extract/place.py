"""Where in a meeting something is said: long ones circle around a matter, and give work out when they close."""

from __future__ import annotations

LONG = 150
"""Lines of a meeting that is long."""

_LATE = 0.5
_CLOSING = 0.85


def is_late(at: int, count: int) -> bool:
    """Whether the line at that position of `count` stands in the second half."""
    return at >= count * _LATE


def is_closing(at: int, count: int) -> bool:
    """Whether the line at that position of `count` belongs to the end of the meeting."""
    return at >= count * _CLOSING
