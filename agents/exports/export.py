"""The front door of exports: a document in, the bytes of a file out. Blocking."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import cast

from agents.comparison.report import Comparison
from agents.dossier.dossier import Dossier
from agents.exports.paper import BASE, Paper, checked_base
from agents.exports.papers import paper
from agents.templates.review import Review


class ExportFormat(StrEnum):
    """The formats of files that people open elsewhere."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    ICS = "ics"

    @property
    def media_type(self) -> str:
        """The MIME type of a file in this format."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    ExportFormat.HTML: "text/html; charset=utf-8",
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.PDF: "application/pdf",
    ExportFormat.ICS: "text/calendar; charset=utf-8",
}
_WRITERS = {format: f"agents.exports.{format.value}" for format in ExportFormat}
"""The module of each format, which is loaded when it is first asked for; its `written` makes the file."""


def export(document: Dossier | Comparison | Review, format: ExportFormat, base: str = BASE) -> bytes:
    """The document as a file. `base` is the address of the server to which cited times link.

    Raises BadInputError for another kind of address, and MissingFontError when a PDF needs a font that is not there.
    """
    return file_of(paper(document, checked_base(base)), format)


def file_of(paper: Paper, format: ExportFormat) -> bytes:
    """The paper as a file. Raises MissingFontError when a PDF needs a font that is not there."""
    written = cast(Callable[[Paper], bytes], import_module(_WRITERS[format]).written)
    return written(paper)
