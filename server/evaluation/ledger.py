"""The run of `huimai eval ledger`: meetings are read as the ledger reads them, and what is found is scored.

Nothing is stored of what is read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from agents.evaluation.cue_baseline import cue_items
from agents.evaluation.ledger_changes import score_changes
from agents.evaluation.ledger_figures import OF_LEDGER, OF_SERIES, by_language, kind_figures, series_figures
from agents.evaluation.ledger_model import AskedModel, cost
from agents.evaluation.ledger_reading import Linking, Moved, on_lines, read_meetings, same_time, uncited
from agents.evaluation.ledger_records import LedgerMeeting, LedgerSeries, read_ledger
from agents.evaluation.ledger_scoring import NEAR_LINES, ScoredMeeting, score_meeting
from agents.evaluation.ledger_series import read_ledger_series
from agents.link.domain import Meaning
from agents.link.linking import link_meeting
from agents.link.meaning import EmbedderMeaning
from agents.llm.domain import Task, Work
from ingestion.evaluation.recordings import read_recorded_series
from ingestion.outbound import about
from retrieval.domain import Line
from server.evaluation.heard_series import heard_lines
from server.evaluation.meetings import OpenServices, Report, distinct_names
from server.services import Services

Source = Literal["transcript", "audio"]

_TOKENS_A_MEETING = 10_000
"""About what an hour of talk takes; one model reads them all."""

_Lines = Mapping[str, tuple[Line, ...]]
"""What is read of each meeting, by its name."""


def evaluate_series(
    folders: Sequence[Path],
    source: Source,
    open_services: OpenServices,
    report: Report = lambda _what, _share: None,
    link: Linking = link_meeting,
) -> tuple[dict[str, Any], list[ScoredMeeting]]:
    """The document of `huimai eval ledger --series`, and every meeting with what was found.

    The lines that are read are the truth's own, or those that recordings are recognised as, which stand for the truth's
    lines of the same time. Items agree where they share a line. Raises BadInputError when a folder is not a series with
    decisions or commitments, two have one name, or a recording cannot be ingested; and ModelMissingError.
    """
    names = distinct_names(folders)
    every = [read_ledger_series(folder) for folder in folders]
    meetings = [meeting for series in every for meeting in series.meetings]
    lines: _Lines = {meeting.name: meeting.lines for meeting in meetings}
    setup: dict[str, Any] = {}
    if source == "audio":
        lines, setup = heard_lines([read_recorded_series(folder) for folder in folders], open_services, report)
    scored: list[ScoredMeeting] = []
    # what is measured on belongs to no project
    with open_services() as services, _asked_model(services) as model, about(private=False):
        meaning, began = EmbedderMeaning(services.embedder), time.perf_counter()
        for series in every:
            scored += _scored_series(series, lines, meaning, link, model, heard=source == "audio")
            report("reading", len(scored) / len(meetings))
        spent = cost(lines.values(), time.perf_counter() - began, model)
        setup = {"series": names, "source": source, **_models(meaning, model), **setup}
    document = {
        **by_language(scored, series_figures),
        "cue_baseline": kind_figures([_baseline(one, lines[one.name], 0) for one in meetings], OF_SERIES),
        "meetings": len(meetings),
        "cost": spent,
        "setup": setup,
    }
    return document, scored


def evaluate_ledger(
    meetings_file: Path,
    ledger_file: Path,
    open_services: OpenServices,
    report: Report = lambda _what, _share: None,
) -> tuple[dict[str, Any], list[ScoredMeeting]]:
    """The document of `huimai eval ledger --meetings --ledger`, and every meeting with what was found.

    Items agree where two of their lines are at most `NEAR_LINES` apart. Raises BadInputError for files that are wrong
    or do not belong together; and ModelMissingError.
    """
    meetings, left_out = read_ledger(meetings_file, ledger_file)
    scored: list[ScoredMeeting] = []
    # what is measured on belongs to no project
    with open_services() as services, _asked_model(services) as model, about(private=False):
        meaning, began = EmbedderMeaning(services.embedder), time.perf_counter()
        for done, meeting in enumerate(meetings, start=1):
            (read,) = read_meetings([(meeting.name, meeting.day, meeting.lines)], meaning, link_meeting, model=model)
            scored.append(score_meeting(meeting, read.drafts, NEAR_LINES))
            report("reading", done / len(meetings))
        spent = cost((meeting.lines for meeting in meetings), time.perf_counter() - began, model)
    baseline = [_baseline(one, one.lines, NEAR_LINES) for one in meetings]
    document = {
        **by_language(scored, partial(kind_figures, names=OF_LEDGER)),
        "cue_baseline": kind_figures(baseline, OF_LEDGER),
        "meetings": len(meetings),
        "left_out": left_out.items,
        "left_out_meetings": left_out.meetings,
        "cost": spent,
        "setup": {
            "meetings_file": meetings_file.name,
            "ledger_file": ledger_file.name,
            "near_lines": NEAR_LINES,
            **_models(meaning, model),
        },
    }
    return document, scored


@contextmanager
def _asked_model(services: Services) -> Generator[AskedModel | None]:
    """The chat model that reads for the ledger by the settings, null where none does. Raises BadInputError and
    ModelMissingError."""
    settings = services.settings.agents
    work = Work(
        Task.EXTRACT, _TOKENS_A_MEETING, settings.reading_max_tokens, private=False, caller="eval", waiting=False
    )
    chosen = asyncio.run(services.chat.choose(work)).model if services.chat.reads_meetings() else None
    if chosen is None:
        yield None
        return
    with AskedModel(chosen, settings.reading_max_tokens) as model:
        yield model


def _models(meaning: Meaning, model: AskedModel | None) -> dict[str, Any]:
    return {"embedding_model": meaning.model, "chat_model": model.card.name if model else None}


def _scored_series(
    series: LedgerSeries, lines: _Lines, meaning: Meaning, link: Linking, model: AskedModel | None, *, heard: bool
) -> list[ScoredMeeting]:
    given = ((one.name, one.day, lines[one.name]) for one in series.meetings)
    read = list(read_meetings(given, meaning, link, heard=heard, model=model))
    pairs = list(zip(series.meetings, read, strict=True))
    moved = [reading.on_lines(_moved(meeting, reading.lines)) for meeting, reading in pairs]
    items = [item for reading in moved for item in reading.items]
    changes = score_changes(series, items, [one for reading in moved for one in reading.links])
    return [
        replace(score_meeting(meeting, reading.drafts, 0), changes=changes[meeting.name], uncited=count)
        for meeting, reading, count in zip(series.meetings, moved, uncited(read), strict=True)
    ]


def _baseline(meeting: LedgerMeeting, lines: tuple[Line, ...], reach: int) -> ScoredMeeting:
    moved = _moved(meeting, lines)
    return score_meeting(meeting, [on_lines(item, moved) for item in cue_items(lines)], reach)


def _moved(meeting: LedgerMeeting, lines: tuple[Line, ...]) -> Moved:
    """The truth's lines for those that were read."""
    if lines is meeting.lines:
        return {line.index: (line.index,) for line in lines}
    return same_time(lines, meeting.lines)
