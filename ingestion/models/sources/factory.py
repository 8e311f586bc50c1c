"""Opens a source by its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from ingestion.models.card import FolderSource, HubSource, ModelScopeSource, SourceSpec, WheelsSource
from ingestion.models.sources.base import Source


def open_source(spec: SourceSpec) -> Source:
    """The source that a card names."""
    return _FACTORIES[spec.kind](spec)


def _folder(spec: SourceSpec) -> Source:
    from ingestion.models.sources.folder import LocalFolder

    return LocalFolder(cast(FolderSource, spec))


def _hub(spec: SourceSpec) -> Source:
    from ingestion.models.sources.hub import Hub

    return Hub(cast(HubSource, spec))


def _modelscope(spec: SourceSpec) -> Source:
    from ingestion.models.sources.modelscope import ModelScope

    return ModelScope(cast(ModelScopeSource, spec))


def _wheels(spec: SourceSpec) -> Source:
    from ingestion.models.sources.wheels import Wheels

    return Wheels(cast(WheelsSource, spec))


_FACTORIES: dict[str, Callable[[SourceSpec], Source]] = {
    "folder": _folder,
    "hub": _hub,
    "modelscope": _modelscope,
    "wheels": _wheels,
}
