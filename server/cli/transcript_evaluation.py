"""`huimai eval transcripts`: how well recordings are heard."""

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
from server.cli.options import Json, example

EXAMPLE = example("huimai eval transcripts --series samples/A_zh_payment_gateway")


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

    folders = recorded_folders(series, audio)
    check_outputs(details, report_file)
    with shares() as report:
        figures, heard = evaluate(folders, throwaway_services, report)
    deliver("transcripts", figures, [one.to_json() for one in heard], details, report_file, as_json)
