"""`huimai eval transcripts`: how well recordings are heard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from server.cli.evaluating import ReportFile, check_outputs, deliver, shares, throwaway_services
from server.cli.messages import say
from server.cli.options import Json, example

EXAMPLE = example("huimai eval transcripts --series samples/A_zh_payment_gateway")


def evaluate_transcripts(
    series: Annotated[
        list[Path] | None,
        typer.Option(
            help="A series: truth.json, <date>.truth.json, <date>.m4a; may be repeated.",
            exists=True,
            file_okay=False,
            resolve_path=True,
            show_default=False,
        ),
    ] = None,
    audio: Annotated[
        Path | None,
        typer.Option(
            help="A folder of recordings, each with a .json of the same name that holds what is said.",
            exists=True,
            file_okay=False,
            resolve_path=True,
            show_default=False,
        ),
    ] = None,
    details: Annotated[
        Path | None,
        typer.Option(help="Write every recording with what was heard to this file, JSON Lines.", dir_okay=False),
    ] = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Ingest recordings, count what was heard wrong: characters in Chinese (cer), words in English (wer).

    Numbers, case, punctuation and script are brought to one form before. cpwer also asks who said it; terms_right and
    terms_raw are the glossary's terms found after and before cleaning, new_errors what cleaning made wrong.
    """
    from ingestion.evaluation.recordings import read_clips, read_recorded_series
    from server.evaluation.transcripts import evaluate_transcripts as evaluate

    if bool(series) == bool(audio):
        raise typer.BadParameter(say("series_or_audio"), param_hint="'--series' / '--audio'")
    check_outputs(details, report_file)
    folders = [read_clips(audio)] if audio else [read_recorded_series(folder) for folder in series or ()]
    with shares() as report:
        figures, heard = evaluate(folders, throwaway_services, report)
    deliver("transcripts", figures, [one.to_json() for one in heard], details, report_file, as_json)
