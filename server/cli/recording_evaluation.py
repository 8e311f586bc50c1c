"""`huimai eval transcripts` and `huimai eval diarization`: how well recordings are heard, and speakers told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from server.cli.evaluating import (
    ClipFolder,
    HeardFile,
    RecordedSeries,
    ReportFile,
    check_outputs,
    deliver,
    recorded_folders,
    shares,
    throwaway_services,
)
from server.cli.messages import say
from server.cli.options import Json, example

if TYPE_CHECKING:
    from ingestion.evaluation.recordings import RecordedFolder
    from server.evaluation.meetings import OpenServices, Report
    from server.evaluation.report import What

TRANSCRIPTS_EXAMPLE = example("huimai eval transcripts --series samples/A_zh_payment_gateway")
DIARIZATION_EXAMPLE = example("huimai eval diarization --series samples/B_en_atlas_mobile")


class _Heard(Protocol):
    def to_json(self) -> dict[str, Any]: ...


def evaluate_transcripts(
    series: RecordedSeries = None,
    audio: ClipFolder = None,
    details: HeardFile = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Ingest recordings, count what was heard wrong: characters in Chinese (cer), words in English (wer).

    Numbers, case, punctuation and script are brought to one form before. cpwer also asks who said it; terms_right and
    terms_raw are the glossary's terms found after and before cleaning, new_errors what cleaning made wrong.
    """
    from server.evaluation.transcripts import evaluate_transcripts as evaluate

    _evaluate("transcripts", evaluate, recorded_folders(series, audio), details, report_file, as_json)


def evaluate_diarization(
    series: RecordedSeries = None,
    audio: ClipFolder = None,
    details: HeardFile = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Ingest recordings, count when the wrong speakers were heard (der, jer) and how many were found.

    No collar is forgiven, and overlap counts. cpwer are words heard wrong or with the wrong speaker; word_attribution
    is the share of the rightly heard words that stand with the right speaker.
    """
    from server.evaluation.diarization import evaluate_diarization as evaluate

    _evaluate("diarization", evaluate, recorded_folders(series, audio), details, report_file, as_json)


def _evaluate(
    what: What,
    evaluate: Callable[[Sequence[RecordedFolder], OpenServices, Report], tuple[dict[str, Any], Sequence[_Heard]]],
    folders: Sequence[RecordedFolder],
    details: Path | None,
    report_file: Path | None,
    as_json: bool,
) -> None:
    from server.cli.render import tell

    check_outputs(details, report_file)
    with shares() as report:
        figures, heard = evaluate(folders, throwaway_services, report)
    if figures.get("left_out"):
        tell(say("left_out_recordings", count=figures["left_out"]))
    deliver(what, figures, [one.to_json() for one in heard], details, report_file, as_json)
