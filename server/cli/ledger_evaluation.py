"""`huimai eval ledger`: how well what matters is found in meetings, and followed from one to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from server.cli.evaluating import ReportFile, check_outputs, deliver, shares, throwaway_services
from server.cli.messages import say
from server.cli.options import Json, example

EXAMPLE = example("huimai eval ledger --series samples/A_zh_payment_gateway --json")


def evaluate_ledger(
    series: Annotated[
        list[Path] | None,
        typer.Option(
            "--series",
            help="A series: truth.json, <date>.truth.json and, for audio, <date>.m4a; may be repeated.",
            exists=True,
            file_okay=False,
            resolve_path=True,
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        Literal["transcript", "audio"], typer.Option("--from", help="What the lines of a series are taken from.")
    ] = "transcript",
    meetings: Annotated[
        Path | None,
        typer.Option(help="Meetings, JSON Lines, may be gzipped.", exists=True, dir_okay=False, show_default=False),
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(
            help="Their decisions and actions, JSON Lines, may be gzipped.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    details: Annotated[
        Path | None,
        typer.Option(
            help="Write every item, link and change, found and true, with what it matched to this file, JSON Lines.",
            dir_okay=False,
        ),
    ] = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Read meetings for decisions, commitments, questions, risks and numbers, and count what is found.

    What is found is paired with the truth by the lines it stands on, one to one. p is precision, r recall; of a series,
    delta_f1 tells how well what changed between two meetings is listed; cue_baseline is what cue words alone find.
    """
    from server.cli.render import tell
    from server.evaluation import ledger as run

    check_outputs(details, report_file)
    with shares() as report:
        if series and not (meetings or ledger):
            figures, scored = run.evaluate_series(series, source, throwaway_services, report)
        elif meetings and ledger and not series:
            figures, scored = run.evaluate_ledger(meetings, ledger, throwaway_services, report)
        else:
            raise typer.BadParameter(say("series_or_ledger"), param_hint="'--series' / '--meetings', '--ledger'")
    if figures.get("left_out"):
        tell(say("left_out_items", count=figures["left_out"]))
    if figures.get("left_out_meetings"):
        tell(say("left_out_meetings", count=figures["left_out_meetings"]))
    deliver("ledger", figures, [row for one in scored for row in one.rows()], details, report_file, as_json)
