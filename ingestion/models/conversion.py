"""Steps that make a model's files out of what a source delivers, by the name that a card gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingestion.errors import BadInputError

Converter = Callable[[Path, Path], None]
"""Reads one folder, writes another; the same input gives the same bytes on every machine."""


def converter(name: str) -> Converter:
    """The step of that name. Raises BadInputError."""
    if name not in _CONVERTERS:
        raise BadInputError(f"no conversion is called {name!r}", f"known: {', '.join(_CONVERTERS)}")
    return _CONVERTERS[name]()


def _e5_q4() -> Converter:
    from ingestion.models.e5_q4 import convert

    return convert


def _speakers() -> Converter:
    from ingestion.models import campplus, segmentation

    def convert(raw: Path, into: Path) -> None:
        campplus.convert(raw, into)
        segmentation.convert(raw, into)

    return convert


_CONVERTERS: dict[str, Callable[[], Converter]] = {"e5-q4": _e5_q4, "speakers": _speakers}
