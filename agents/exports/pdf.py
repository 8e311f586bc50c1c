"""A paper as PDF, set by Typst. What was said is input of a fixed template: text, never markup or code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.exports.charts import charts
from agents.exports.fonts import chosen
from agents.exports.paper import Entry, Paper
from agents.exports.wording import WORDS
from agents.qa.language import Language

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).with_name("paper.typ")
"""What sets `content`, which it gets as the input `paper`, a JSON document."""


def written(paper: Paper) -> bytes:
    """The PDF, tagged, with bookmarks. Raises MissingFontError when it holds Chinese and no font here does."""
    import typst

    fonts = typst.Fonts()
    document = json.dumps(content(paper, fonts))
    return typst.compile(TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs={"paper": document})


def content(paper: Paper, fonts: Fonts) -> dict[str, Any]:
    """What the template sets, with the charts drawn. Raises MissingFontError."""
    words = WORDS[paper.language]
    said = {
        "title": paper.title,
        "nothing": paper.nothing,
        "coverage": paper.coverage,
        "parts": [
            {
                "title": part.title,
                "quoted": part.quoted,
                "entries": [_entry(entry, paper.language) for entry in part.entries],
            }
            for part in paper.parts
        ],
    }
    families = chosen(fonts, json.dumps(said, ensure_ascii=False), paper.language)
    drawn = charts(paper, ", ".join(f"'{family}'" for family in families))
    return said | {
        "lang": paper.language,
        "region": "cn" if paper.language == "zh" else None,
        "fonts": families,
        "charts_title": words["charts"],
        "charts": [
            {"title": one.title, "svg": one.svg, "legend": one.legend, "alt": "\n".join(one.lines)} for one in drawn
        ],
    }


def _entry(entry: Entry, language: Language) -> dict[str, Any]:
    return {
        "text": entry.text,
        "note": entry.note,
        "cites": [
            {
                "url": cite.url,
                "place": cite.place,
                "dated": f"{cite.day} {cite.place}",
                "source": cite.source,
                "quote": WORDS[language]["quote"].format(text=cite.quote),
            }
            for cite in entry.cites
        ],
        "sides": [_entry(side, language) for side in entry.sides],
    }
