"""How long a server asks to be left alone when it refuses.

`Retry-After`: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; `retry-after-ms` is OpenAI's.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds. No wish to be left alone is taken to be longer."""


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that a refusal asks to wait; None when it does not say, or not legibly. Names of headers are small."""
    milliseconds = number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return clamped(milliseconds / 1000)
    said = headers.get("retry-after", "")
    seconds = number(said)
    if seconds is not None:
        return clamped(seconds)
    when = _date(said)
    return None if when is None else clamped(when - servers_time(headers))


def servers_time(headers: Mapping[str, str]) -> float:
    """What the server's clock says, which may differ from ours; ours where it does not say. Seconds since 1970."""
    when = _date(headers.get("date", ""))
    return time.time() if when is None else when


def number(said: str) -> float | None:
    """The number that a header says; None when it says none."""
    try:
        found = float(said)
    except ValueError:
        return None
    return None if math.isnan(found) else found


def clamped(seconds: float) -> float:
    """A time to wait, from nothing to the longest."""
    return min(max(seconds, 0.0), LONGEST)


def _date(said: str) -> float | None:
    try:
        return parsedate_to_datetime(said).timestamp()
    except (ValueError, OverflowError):
        return None
