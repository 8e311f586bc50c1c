"""The run of `huimai eval ledger`: meetings are read for items, and these are scored. Nothing is stored or indexed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from agents.evaluation.cue_baseline import cue_items
from agents.evaluation.ledger_records import LedgerMeeting, read_ledger, read_ledger_series
from agents.evaluation.ledger_scoring import (
    NEAR_LINES,
    OF_LEDGER,
    OF_SERIES,
    ScoredMeeting,
    by_language,
    kind_figures,
    score_meeting,
    series_figures,
)
from agents.extract.items import find_items
from agents.ledger.domain import ItemKind
from server.evaluation.meetings import Report, distinct_names


def evaluate_series(
    folders: Sequence[Path], report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[ScoredMeeting]]:
    """The document of `huimai eval ledger --series`, and every meeting with what was found; lines are the truth's own.

    Items agree where they share a line. Raises BadInputError when a folder is not a series with decisions or
    commitments, or two have one name.
    """
    names = distinct_names(folders)
    meetings = [meeting for folder in folders for meeting in read_ledger_series(folder)]
    scored = _scored(meetings, 0, report)
    document = {
        **by_language(scored, series_figures),
        "cue_baseline": _baseline(meetings, 0, OF_SERIES),
        "meetings": len(meetings),
        "setup": {"series": names},
    }
    return document, scored


def evaluate_ledger(
    meetings_file: Path, ledger_file: Path, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[ScoredMeeting]]:
    """The document of `huimai eval ledger --meetings --ledger`, and every meeting with what was found.

    Items agree where two of their lines are at most `NEAR_LINES` apart. Raises BadInputError for files that are wrong
    or do not belong together.
    """
    meetings, left_out = read_ledger(meetings_file, ledger_file)
    scored = _scored(meetings, NEAR_LINES, report)
    document = {
        **by_language(scored, partial(kind_figures, names=OF_LEDGER)),
        "cue_baseline": _baseline(meetings, NEAR_LINES, OF_LEDGER),
        "meetings": len(meetings),
        "left_out": left_out.items,
        "left_out_meetings": left_out.meetings,
        "setup": {"meetings_file": meetings_file.name, "ledger_file": ledger_file.name, "near_lines": NEAR_LINES},
    }
    return document, scored


def _scored(meetings: Sequence[LedgerMeeting], reach: int, report: Report) -> list[ScoredMeeting]:
    scored: list[ScoredMeeting] = []
    for done, meeting in enumerate(meetings, start=1):
        scored.append(score_meeting(meeting, find_items(meeting.lines, meeting.day), reach))
        report("reading", done / len(meetings))
    return scored


def _baseline(meetings: Sequence[LedgerMeeting], reach: int, names: Mapping[str, ItemKind]) -> dict[str, Any]:
    return kind_figures([score_meeting(one, cue_items(one.lines), reach) for one in meetings], names)
