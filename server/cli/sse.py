"""Server-sent events, read as the HTML standard says (https://html.spec.whatwg.org/#event-stream-interpretation)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def read_events(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(event, data) for each event in the lines of a stream; comments and unknown fields are skipped."""
    event, data = "", list[str]()
    for line in lines:
        if not line:
            if data:
                yield event or "message", "\n".join(data)
            event, data = "", []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            event = value
        elif name == "data":
            data.append(value)
