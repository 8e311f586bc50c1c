"""A paper as one page that stands alone: its styles inside, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from agents.exports.chart import Chart
from agents.exports.charts import charts
from agents.exports.paper import PAGE_POLICY, Cite, Entry, Paper, Part
from agents.exports.wording import WORDS
from agents.qa.language import Language

FONTS = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

_LANGUAGES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


def written(paper: Paper) -> bytes:
    """The page."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    drawn = charts(paper, FONTS)
    words = WORDS[paper.language]
    sections = [_part(part) for part in paper.parts] or [f"<p>{escape(paper.nothing)}</p>"]
    if drawn:
        figures = "".join(_figure(chart, words["as_text"]) for chart in drawn)
        sections.append(f'<section id="charts"><h2>{escape(words["charts"])}</h2>{figures}</section>')
    body = f"<header><h1>{escape(paper.title)}</h1>{_contents(paper, bool(drawn))}</header>"
    page = (
        f'<!doctype html>\n<html lang="{_LANGUAGES[paper.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n<main>\n"
        + "\n".join(sections)
        + f'\n</main>\n<footer><p class="quiet">{escape(paper.coverage)}</p></footer>\n</body>\n</html>\n'
    )
    return page.encode()


def _contents(paper: Paper, drawn: bool) -> str:
    names = [(part.key, f"{part.title} {len(part.entries)}") for part in paper.parts]
    names += [("charts", WORDS[paper.language]["charts"])] if drawn else []
    links = "".join(f'<li><a href="#{key}">{escape(name)}</a></li>' for key, name in names)
    return f"<nav><ul>{links}</ul></nav>" if links else ""


def _part(part: Part) -> str:
    heading = f'{escape(part.title)} <span class="quiet">{len(part.entries)}</span>'
    return f'<section id="{part.key}"><h2>{heading}</h2>{_entries(part.entries, part.quoted)}</section>'


def _entries(entries: Iterable[Entry], quoted: bool) -> str:
    return f'<ul class="entries">{"".join(_entry(entry, quoted) for entry in entries)}</ul>'


def _entry(entry: Entry, quoted: bool) -> str:
    note = f' <span class="note">{escape(entry.note)}</span>' if entry.note else ""
    head = f"<p><bdi>{escape(entry.text)}</bdi>{note}{'' if quoted else _places(entry.cites)}</p>"
    sides = _entries(entry.sides, quoted) if entry.sides else ""
    return f"<li>{head}{_quotes(entry.cites) if quoted else ''}{sides}</li>"


def _places(cites: Iterable[Cite]) -> str:
    return "".join(f" {_link(cite, f'{cite.day} {cite.place}')}" for cite in cites)


def _quotes(cites: Iterable[Cite]) -> str:
    said = "".join(f"<li>{_link(cite, cite.place)} {_quote(cite)}</li>" for cite in cites)
    return f'<ul class="said">{said}</ul>' if said else ""


def _quote(cite: Cite) -> str:
    return f'<span class="quiet">{escape(cite.source)}</span> <q>{escape(cite.quote)}</q>'


def _link(cite: Cite, name: str) -> str:
    return f'<a class="place" href="{escape(cite.url)}" title="{escape(cite.source)}">{escape(name)}</a>'


def _figure(chart: Chart, as_text: str) -> str:
    legend = f'<p class="quiet">{escape(chart.legend)}</p>' if chart.legend else ""
    lines = "".join(f"<li>{escape(line)}</li>" for line in chart.lines)
    return (
        f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}{legend}"
        f"<details><summary>{escape(as_text)}</summary><ul>{lines}</ul></details></figure>"
    )
