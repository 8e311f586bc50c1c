"""The report of an evaluation: its document as Markdown, with plots beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote

from server.evaluation.plots import Share, write_bars, write_curve
from server.evaluation.texts import MEANINGS, TEXTS, Language
from server.transcripts import plain_markdown

Document = Mapping[str, Any]
What = Literal["retrieval", "answers", "transcripts", "diarization", "ledger"]

_SPLITS = ("per_kind", "per_language", "per_series")
_PLOTTED: dict[What, tuple[str, ...]] = {
    "retrieval": ("hit@5", "span_recall@budget", "evidence_recall@10"),
    "answers": ("must_contain", "citation_precision", "citation_recall", "abstained"),
    "transcripts": ("cer", "wer", "cpwer", "terms_right", "terms_raw"),
    "diarization": ("der", "jer", "cpwer", "word_attribution"),
    "ledger": ("decisions.f1", "commitments.f1", "decision.f1", "action.f1", "owner_exact", "due_exact", "delta_f1"),
}
_COUNTS = ("p50_ms", "p95_ms", "chunks", "index_s", "uncited_claims")
_COUNTED: dict[What, str] = {"transcripts": "_recordings", "diarization": "_recordings", "ledger": "_items"}


def write_report(path: Path, what: What, document: Document, language: Language = "en") -> list[Path]:
    """Write the report of a document of `huimai eval` and its plots, named after it; returns what was written."""
    report = _Report(path, flattened(document), language)
    lines = [*report.head(what), *report.settings(), *report.figures()]
    if "hit_curve" in document:
        lines += report.curve()
    for name in _SPLITS:
        if document.get(name):
            lines += report.split(name, _PLOTTED[what])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [path, *report.plots]


def flattened(document: Document) -> dict[str, Any]:
    """The document with the figures of blocks inside it beside its own, as `decisions.f1` of `decisions` with `f1`.

    Splits, which have a row for each of their blocks, stay as they are, and so does what holds no figure.
    """
    flat: dict[str, Any] = {}
    for name, value in document.items():
        inner = flattened(cast("Document", value)) if isinstance(value, Mapping) and name not in _SPLITS else {}
        if _shares(inner):
            flat |= {f"{name}.{key}": one for key, one in inner.items()}
        else:
            flat[name] = value
    return flat


@dataclass
class _Report:
    path: Path
    document: Document
    language: Language

    def __post_init__(self) -> None:
        self.plots: list[Path] = []

    def head(self, what: What) -> Iterator[str]:
        document = self.document
        counts = {"n": document["n"], "meetings": document["meetings"]}
        yield f"# {self._say(what)}"
        yield ""
        of = _COUNTED.get(what, "")
        yield self._say(f"measured{of}", **counts, version=version("huimai"), day=date.today().isoformat())
        if document.get("left_out"):
            yield self._say(f"left_out{of}", count=document["left_out"])
        yield self._say(f"by_{document['ci_by']}")
        yield self._say("no_width")

    def settings(self) -> Iterator[str]:
        yield from self._heading("settings")
        rows = [(name, _shown(value)) for name, value in self.document["setup"].items()]
        yield from self._table(("setting", "value"), rows)

    def figures(self) -> Iterator[str]:
        yield from self._heading("figures")
        taken = {**{name: self.document.get(name) for name in _COUNTS}, **self.document.get("latency", {})}
        rows = [(name, self.document[name], self.document[f"{name}_ci"]) for name in _shares(self.document)]
        rows += [(name, value, None) for name, value in taken.items() if value is not None]
        meant = [(name, _number(value), _interval(limits), self._meaning(name)) for name, value, limits in rows]
        yield from self._table(("figure", "value", "interval", "meaning"), meant)

    def curve(self) -> Iterator[str]:
        yield from self._heading("hit_curve")
        plot = self._plot("hit_curve")
        write_curve(plot, self._say("hit_curve"), self.document["hit_curve"])
        yield f"![hit@k]({quote(plot.name)})"

    def split(self, name: str, plotted: Sequence[str]) -> Iterator[str]:
        blocks = {key: flattened(block) for key, block in self.document[name].items()}
        shown = [
            figure
            for figure in _shares(self.document)
            if any(block.get(figure) is not None for block in blocks.values())
        ]
        yield from self._heading(name)
        plot = self._plot(name)
        bars = {figure: [_share(block, figure) for block in blocks.values()] for figure in plotted if figure in shown}
        write_bars(plot, self._say(name), [_printable(key) for key in blocks], bars)
        yield f"![{name}]({quote(plot.name)})"
        yield ""
        rows = [
            (key, str(block["n"]), *(_with_interval(block, figure) for figure in shown), self._say(block["ci_by"]))
            for key, block in blocks.items()
        ]
        yield from self._table(("", "n", *shown, "drawn"), rows)

    def _heading(self, key: str) -> list[str]:
        return ["", f"## {self._say(key)}", ""]

    def _table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        heads = [self._say(column) if column in TEXTS else column for column in columns]
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(columns)}"
        for row in rows:
            yield f"| {' | '.join(plain_markdown(_printable(cell)) for cell in row)} |"

    def _plot(self, name: str) -> Path:
        plot = self.path.with_name(f"{self.path.stem}.{name}.svg")
        self.plots.append(plot)
        return plot

    def _meaning(self, name: str) -> str:
        return ": ".join(MEANINGS[part][self.language == "zh"] for part in name.split("."))

    def _say(self, key: str, **values: object) -> str:
        return TEXTS[key][self.language == "zh"].format(**values)


def _shares(document: Document) -> list[str]:
    """The figures that have an interval."""
    return [name.removesuffix("_ci") for name in document if name.endswith("_ci")]


def _share(block: Document, name: str) -> Share | None:
    limits = block[f"{name}_ci"]
    return None if limits is None else (block[name], limits[0], limits[1])


def _with_interval(block: Document, name: str) -> str:
    value, limits = _number(block[name]), _interval(block[f"{name}_ci"])
    return f"{value} ({limits})" if limits else value


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) and value <= 1 else str(value)


def _interval(limits: Sequence[float] | None) -> str:
    return "" if limits is None else f"{limits[0]:.3f}–{limits[1]:.3f}"


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _printable(text: str) -> str:
    """Text without control characters, which XML cannot hold either."""
    return "".join(letter for letter in text if letter.isprintable())
