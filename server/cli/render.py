"""What the terminal shows: results on stdout, everything else on stderr. Transcript text is data: no markup, no
control characters."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingestion.errors import HuimaiError
from server.cli.messages import heading, say, told

Document = dict[str, Any]
"""A JSON object as the API sends it."""

_WHOLE_LINES = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def out() -> Console:
    """The console for results."""
    return Console(highlight=False, markup=False, emoji=False)


def err() -> Console:
    """The console for progress, logs and errors."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def plain(text: object) -> str:
    """Text without the characters that move a terminal's cursor, ring its bell or turn its direction."""
    return _CONTROL.sub("", str(text))


def one_line(text: object) -> str:
    """Text on one line."""
    return " ".join(plain(text).split())


def print_json(document: object) -> None:
    """The one JSON document of a command."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


def show(text: object, style: str = "") -> None:
    """A piece of a result."""
    out().print(Text(plain(text), style), soft_wrap=True)


def tell(text: object, style: str = "dim") -> None:
    """A note beside the result."""
    err().print(Text(plain(text), style), soft_wrap=True)


def problem(error: HuimaiError, *, about: str = "") -> None:
    """One line on what happened, one on what to do."""
    where = f"{one_line(about)}: " if about else ""
    tell(say("error", text=f"{where}{one_line(told(error.message))}"), "red")
    if error.hint:
        tell(say("hint", text=one_line(told(error.hint))), "yellow")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under headings; one line when there are none."""
    cells = [[Text(one_line("" if cell is None else cell)) for cell in row] for row in rows]
    if not cells:
        tell(say("none"))
        return
    console = out()
    grid = Table(*map(heading, columns), box=None, pad_edge=False, header_style="bold")
    for column in grid.columns:
        column.overflow = "fold"
    for row in cells:
        grid.add_row(*row)
    if not console.is_terminal:
        # piped output keeps whole lines, so that other programs can read them
        console.width = _WHOLE_LINES
    console.print(grid, soft_wrap=not console.is_terminal)


def clock(seconds: float | None) -> str:
    """Seconds as mm:ss, from an hour on as h:mm:ss; empty when unknown."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def minute(instant: str) -> str:
    """An instant as the API sends it, to the minute."""
    return instant[:16].replace("T", " ")


def size(count: float) -> str:
    """Bytes for people, in units of 1024."""
    for unit in ("B", "KiB", "MiB"):
        if count < 1024:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} GiB"


def amount(money: float) -> str:
    """Money without its currency: two decimals, or as many as a small amount needs for four digits."""
    if abs(money) >= 1:
        return f"{money:,.2f}"
    shown = f"{Decimal(f'{money:.4g}'):f}"
    return shown if len(shown.partition(".")[2]) > 2 else f"{money:.2f}"


def price(cost: Document | None) -> str:
    """Money with its currency; null is a price that is not known."""
    if cost is None:
        return say("no_price")
    return f"{amount(cost['amount'])} {cost['currency']}" if cost["amount"] else say("free")


def place(evidence: Document) -> str:
    """Where evidence stands: meeting, date, time, who speaks; what is unknown is left out."""
    who = ", ".join(evidence.get("speakers") or ()) or evidence.get("speaker")
    parts = [evidence["meeting_title"], evidence["date"], clock(evidence.get("start")), who]
    return " · ".join(one_line(part) for part in parts if part)
