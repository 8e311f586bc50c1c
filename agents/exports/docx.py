"""A paper as a Word document (Office Open XML)."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from agents.exports.paper import Cite, Entry, Paper
from agents.exports.wording import WORDS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_CHINESE, _LATIN = "Microsoft YaHei", "Calibri"
"""Named, not embedded: where they are not there, Word and LibreOffice take another font that holds the characters."""
_STYLES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "List Bullet": 10.5, "List Bullet 2": 10.5}
"""The styles in use, with their sizes in points."""
_INK, _QUIET, _ACCENT = "1F2933", "616E7C", "1D4ED8"


def written(paper: Paper) -> bytes:
    """The document."""
    from docx import Document

    document = Document()
    _prepare(document, paper)
    document.add_heading(paper.title, level=0)
    for part in paper.parts:
        document.add_heading(f"{part.title} ({len(part.entries)})", level=1)
        for entry in part.entries:
            _write(document, entry, WORDS[paper.language]["quote"] if part.quoted else "")
    if not paper.parts:
        document.add_paragraph(paper.nothing)
    _small(document.add_paragraph(), paper.coverage)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor
    from docx.styles.style import ParagraphStyle

    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)
    for name, size in _STYLES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(size)
        style.font.name, style.font.color.rgb = _LATIN, RGBColor.from_string(_INK)
        fonts = cast(Any, style.element).get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _CHINESE)
    about = document.core_properties
    about.title, about.author, about.comments = paper.title, "Huimai", ""
    about.created = about.modified = datetime.now(UTC)
    about.language = "zh-CN" if paper.language == "zh" else "en"


def _write(document: Document, entry: Entry, form: str, depth: int = 0) -> None:
    """`form` is how a quote is written, empty where the places suffice."""
    paragraph = document.add_paragraph(style="List Bullet 2" if depth else "List Bullet")
    paragraph.add_run(entry.text)
    if entry.note:
        _small(paragraph, f" · {entry.note}")
    for cite in entry.cites:
        if form:
            _quote(document, cite, form, depth)
        else:
            paragraph.add_run(" ")
            _link(paragraph, f"{cite.day} {cite.place}", cite.url)
    for side in entry.sides:
        _write(document, side, form, depth + 1)


def _quote(document: Document, cite: Cite, form: str, depth: int) -> None:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(12 + 6 * depth)
    paragraph.paragraph_format.space_after = Pt(3)
    _link(paragraph, cite.place, cite.url)
    _small(paragraph, f"  {cite.source}")
    paragraph.add_run(f"  {form.format(text=cite.quote)}").font.size = Pt(9.5)


def _small(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_QUIET)


def _link(paragraph: Paragraph, text: str, url: str) -> None:
    """A link to outside: the address is a relation of the document, which its text names."""
    from docx import oxml
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    link = cast(Any, oxml.OxmlElement)("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.font.underline = Pt(9), RGBColor.from_string(_ACCENT), True
    link.append(run.element)
    paragraph.paragraph_format.element.append(link)
