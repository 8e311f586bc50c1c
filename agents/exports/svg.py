"""Drawings as SVG that load nothing, run nothing and hold what was said as text only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from pygal.graph.graph import Graph

_SVG = "http://www.w3.org/2000/svg"
_WIDE, _NARROW = 1.0, 0.52

INK, QUIET, GRID = "#1f2933", "#616e7c", "#d9e0e6"


def drawing(width: int, height: int, shapes: Iterable[str], fonts: str, title: str) -> str:
    """A whole drawing. `fonts` is a CSS list of families; `title` is what a screen reader says it is."""
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(title)}" font-family="{escape(fonts)}" font-size="12">{"".join(shapes)}</svg>'
    )


def text(x: float, y: float, said: str, colour: str = INK, anchor: str = "start", ems: float = 0) -> str:
    """Words whose line stands at y, cut to a width in ems when one is given; whoever points at them sees the whole."""
    shown = clipped(said, ems) if ems else said
    whole = f"<title>{escape(said)}</title>" if shown != said else ""
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}">{whole}{escape(shown)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'


def dot(x: float, y: float, colour: str, hollow: bool = False) -> str:
    """A small disc or ring."""
    fill = "#ffffff" if hollow else colour
    return f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def diamond(x: float, y: float, colour: str) -> str:
    """A small diamond that is empty inside."""
    return f'<path d="M{x:g} {y - 6:g}l6 6l-6 6l-6 -6z" fill="#ffffff" stroke="{colour}" stroke-width="1.5"/>'


def tick(x: float, y: float, colour: str) -> str:
    """A mark for what is done."""
    return f'<path d="M{x - 5:g} {y:g}l4 4l7 -9" fill="none" stroke="{colour}" stroke-width="2.5"/>'


def clipped(said: str, ems: float) -> str:
    """The words, or as many of them as fit into a width in ems, with an ellipsis."""
    room = ems
    for at, character in enumerate(said):
        room -= _width(character)
        if room < 0:
            return said[: max(at - 1, 0)].rstrip() + "…"
    return said


def still(chart: Graph) -> str:
    """A chart of pygal without its scripts and comments."""
    root = ElementTree.fromstring(chart.render())  # noqa: S314 - our own text, from which comments fall away
    for parent in root.iter():
        for script in parent.findall(f"{{{_SVG}}}script"):
            parent.remove(script)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _width(character: str) -> float:
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _NARROW
