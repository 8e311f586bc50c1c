"""What every format keeps to: what was said is data in it, and what nobody said is not in it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from agents.exports.export import ExportFormat, export
from agents.exports.fonts import MissingFontError, chosen
from agents.exports.paper import BASE
from agents.exports.papers import paper
from agents.ledger.domain import Item, ItemKind, Link, LinkType

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
DUE = date(2026, 3, 20)
AddItem = Callable[..., Item]

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"&amp;'> </style></svg>]]> "
    '#eval("1") #read("/etc/passwd") $x$ *b* _i_ @ref <label> \\ `raw` =HYPERLINK("http://evil.example") '
    "END:VEVENT\r\nBEGIN:VALARM;x,y \x00\x1b\u202e"
)
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Fails on a page whose elements do not nest; keeps its elements and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def hostile(make: AddItem, told: Any) -> Any:
    items = [
        make("a", FIRST, ItemKind.DECISION, HOSTILE),
        make("b", FIRST, ItemKind.COMMITMENT, HOSTILE, owner=HOSTILE[:40], due=DUE),
        make("c", FIRST, ItemKind.METRIC, "3%", value="3"),
        make("d", SECOND, ItemKind.METRIC, "4%", value="4"),
        make("e", SECOND, ItemKind.DECISION, HOSTILE),
    ]
    links = [Link("d", "c", LinkType.CONTINUES, 0.9, ""), Link("e", "a", LinkType.REVERSES, 0.9, "")]
    return told(items, links, speaker=HOSTILE, title=HOSTILE, name=HOSTILE)


@pytest.fixture
def many(make: AddItem, told: Any) -> Any:
    items = [
        make(f"{n}", FIRST, ItemKind.COMMITMENT, f"Task {n} of them.", owner=f"P{n % 20}", due=DUE) for n in range(200)
    ]
    return told(items)


def word_text(content: bytes) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def shown_in_pdf(found: Any) -> str:
    """What the template of the PDF makes of the document: all of its text."""
    import typst

    from agents.exports import pdf

    content = pdf.content(paper(found, BASE), typst.Fonts())
    compiler = typst.Compiler(pdf.TEMPLATE.read_bytes(), sys_inputs={"paper": json.dumps(content)})
    return compiler.query("heading")


@pytest.mark.parametrize("kind", ["dossier", "comparison"])
def test_a_page_holds_no_markup_but_its_own(hostile: Any, kind: str) -> None:
    page = Page(export(getattr(hostile, kind)(), ExportFormat.HTML))
    names = {name for name, _ in page.elements}
    assert not names & {"script", "img", "iframe", "object", "link", "base", "form", "foreignobject", "label"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.text
    policy = next(a["content"] for n, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith("default-src 'none'")


def test_a_page_loads_nothing_and_links_to_the_server_only(hostile: Any) -> None:
    page = Page(export(hostile.dossier(), ExportFormat.HTML, "https://huimai.example/team/"))
    addresses = [a[key] or "" for _, a in page.elements for key in ("href", "src", "xlink:href") if key in a]
    assert addresses
    assert all(one.startswith(("#", "https://huimai.example/team/#meeting=")) for one in addresses)


def test_the_drawings_of_a_page_are_well_formed(hostile: Any) -> None:
    content = export(hostile.dossier(), ExportFormat.HTML).decode()
    drawings = ["<svg" + part.split("</svg>")[0] + "</svg>" for part in content.split("<svg")[1:]]
    assert len(drawings) == 4
    assert {ElementTree.fromstring(one).tag for one in drawings} == {"{http://www.w3.org/2000/svg}svg"}


@pytest.mark.parametrize("kind", ["dossier", "comparison"])
def test_a_word_document_holds_every_claim_as_text(hostile: Any, kind: str) -> None:
    found = getattr(hostile, kind)()
    content = export(found, ExportFormat.DOCX)
    text = word_text(content)
    for part in paper(found, BASE).parts:
        assert all(entry.text in text for entry in part.entries)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert "fldSimple" not in body and "instrText" not in body and "<script>" not in body
    assert f'Target="{BASE}/#meeting=m0302&amp;line=3&amp;t=61.5" TargetMode="External"' in relations


def _pdf(found: Any) -> bytes:
    """The PDF, if this machine has a font for it."""
    try:
        return export(found, ExportFormat.PDF)
    except MissingFontError:
        pytest.skip("this machine has no Chinese font")


@pytest.mark.parametrize("kind", ["dossier", "comparison"])
def test_a_pdf_evaluates_nothing_that_was_said(hostile: Any, kind: str) -> None:
    found = getattr(hostile, kind)()
    assert _pdf(found).startswith(b"%PDF")
    title = json.loads(shown_in_pdf(found))[0]["body"]
    assert '#eval("1") #read("/etc/passwd") $x$ *b*' in json.dumps(title, ensure_ascii=False).replace('\\"', '"')


def test_a_calendar_has_the_open_commitments_with_a_day_and_nothing_that_was_slipped_in(hostile: Any) -> None:
    from icalendar import Calendar

    content = export(hostile.dossier(), ExportFormat.ICS)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.events
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    assert (str(event["uid"]), event.start, event.end) == ("b@huimai", DUE, DUE + timedelta(days=1))
    assert "END:VEVENT BEGIN:VALARM;x,y" in event["description"]
    assert event["summary"].startswith(HOSTILE[:40])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_commitment_that_is_dated_anew_keeps_its_entry_and_one_that_is_done_has_none(
    make: AddItem, told: Any
) -> None:
    from icalendar import Calendar

    items = [
        make("a", FIRST, ItemKind.COMMITMENT, "I write it.", due=DUE),
        make("b", SECOND, ItemKind.COMMITMENT, "A week later.", due=date(2026, 3, 27)),
        make("c", FIRST, ItemKind.COMMITMENT, "I call them.", due=DUE),
        make("d", SECOND, ItemKind.UPDATE, "I called them."),
    ]
    links = [Link("b", "a", LinkType.REDATES, 0.9, ""), Link("d", "c", LinkType.FULFILS, 0.9, "")]
    (event,) = Calendar.from_ical(export(told(items, links).dossier(), ExportFormat.ICS)).events
    assert (str(event["uid"]), event.start, event["sequence"]) == ("a@huimai", date(2026, 3, 27), 1)


def test_nobody_and_no_day_are_made_up(make: AddItem, told: Any) -> None:
    from icalendar import Calendar

    ledger = told([make("a", FIRST, ItemKind.COMMITMENT, "Somebody calls them.")], speaker=None)
    page = Page(export(ledger.dossier(), ExportFormat.HTML))
    assert "not said: Somebody calls them." in page.text
    assert "Somebody calls them. · promised 2 Mar 2026 · no date said" in page.text
    assert "due" not in page.text.replace("◇ due", "").replace("was due", "")
    assert Calendar.from_ical(export(ledger.dossier(), ExportFormat.ICS)).events == []


@pytest.mark.parametrize("format", list(ExportFormat))
def test_an_empty_dossier_is_a_document_too(told: Any, format: ExportFormat) -> None:
    content = export(told([]).dossier(), format)
    if format is ExportFormat.HTML:
        assert "Nothing has been read yet." in Page(content).text
        assert b"<svg" not in content
    elif format is ExportFormat.DOCX:
        assert "Nothing has been read yet." in word_text(content)


@pytest.mark.parametrize("format", list(ExportFormat))
def test_two_hundred_items(many: Any, format: ExportFormat) -> None:
    content = export(many.dossier(), format)
    if format is ExportFormat.HTML:
        assert all(f"Task {n} of them." in Page(content).text for n in (0, 199))
        assert content.count(b"<svg") == 8 + 8
    elif format is ExportFormat.DOCX:
        assert all(f"Task {n} of them." in word_text(content) for n in (0, 199))
    elif format is ExportFormat.ICS:
        assert content.count(b"BEGIN:VEVENT") == 200


def test_a_pdf_without_a_chinese_font_is_refused_and_says_what_to_install(make: AddItem, told: Any) -> None:
    class Few:
        def families(self) -> list[str]:
            return ["Libertinus Serif"]

    few: Any = Few()
    with pytest.raises(MissingFontError) as raised:
        chosen(few, "我们下周五发布。", "zh")
    assert "fonts-noto-cjk" in raised.value.hint
    assert chosen(few, "plain", "zh") == ["Libertinus Serif"]


def test_a_chinese_pdf_embeds_a_chinese_font_or_is_refused(make: AddItem, told: Any) -> None:
    found = told([make("a", FIRST, ItemKind.DECISION, "我们下周五发布。")]).dossier()
    content = _pdf(found)
    assert content.startswith(b"%PDF") and b"/BaseFont" in content
    assert any(name in content for name in (b"CJK", b"SC", b"YaHei", b"WenQuan", b"SimSun", b"SimHei"))


def test_nothing_heavy_is_loaded_before_a_format_is_asked_for() -> None:
    heavy = ("docx", "typst", "icalendar", "pygal", "lxml")
    code = f"import sys, agents.exports.export; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
