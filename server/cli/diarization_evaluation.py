"""`huimai eval diarization`: how well speakers are told apart."""

from __future__ import annotations

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

EXAMPLE = example("huimai eval diarization --series samples/B_en_atlas_mobile")


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
    from server.cli.render import tell
    from server.evaluation.diarization import evaluate_diarization as evaluate

    folders = recorded_folders(series, audio)
    check_outputs(details, report_file)
    with shares() as report:
        figures, heard = evaluate(folders, throwaway_services, report)
    if figures["left_out"]:
        tell(say("left_out_recordings", count=figures["left_out"]))
    deliver("diarization", figures, [one.to_json() for one in heard], details, report_file, as_json)
