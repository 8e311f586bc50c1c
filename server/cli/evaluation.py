"""`huimai eval`: scores against truth files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from server.cli import ledger_evaluation, recording_evaluation
from server.cli.evaluating import ReportFile, check_outputs, deliver, shares, throwaway_services
from server.cli.messages import say
from server.cli.options import Json, example

app = typer.Typer(
    help="Score transcripts, speakers, retrieval, answers and the ledger against truth files; nothing of it is kept.",
    epilog=example("huimai eval retrieval --meetings val.meetings.jsonl.gz --queries val.queries.jsonl.gz"),
    no_args_is_help=True,
)


Details = Annotated[
    Path | None,
    typer.Option(help="Write every question with what came of it to this file, JSON Lines.", dir_okay=False),
]


@app.command(
    "retrieval", epilog=example("huimai eval retrieval --meetings val.meetings.jsonl --queries val.queries.jsonl")
)
def evaluate_retrieval(
    meetings: Annotated[Path, typer.Option(help="Meetings, JSON Lines, may be gzipped.", exists=True, dir_okay=False)],
    queries: Annotated[Path, typer.Option(help="Questions with gold spans or evidence.", exists=True, dir_okay=False)],
    scope: Annotated[
        Literal["all", "project", "meeting"], typer.Option(help="What each question is searched in.")
    ] = "all",
    budget_words: Annotated[int, typer.Option(min=1, help="Words of packed evidence.")] = 2000,
    recipe: Annotated[str | None, typer.Option(help="Name of a search recipe.", show_default=False)] = None,
    details: Details = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Index the meetings, ask the questions, count what was found.

    A hit is a result that holds lines of a gold span, or a gold line.
    """
    from retrieval.evaluation.run import Plan, Scope, evaluate
    from server.cli.render import tell

    check_outputs(details, report_file)
    plan = Plan(meetings, queries, Scope(scope), budget_words, recipe)
    with throwaway_services() as services, shares() as report:
        figures, scored = evaluate(plan, services.ingestion_deps(), services.retrieval, report)
    if figures["left_out"]:
        tell(say("left_out", count=figures["left_out"]))
    deliver("retrieval", figures, [one.to_json() for one in scored], details, report_file, as_json)


@app.command("answers", epilog=example("huimai eval answers --series samples/B_en_atlas_mobile --from audio"))
def evaluate_answers(
    series: Annotated[
        list[Path],
        typer.Option(
            help="A series: truth.json, <date>.truth.json, <date>.m4a or .vtt; may be repeated.",
            exists=True,
            file_okay=False,
            resolve_path=True,
        ),
    ],
    source: Annotated[
        Literal["transcript", "audio"], typer.Option("--from", help="What the meetings are ingested from.")
    ] = "transcript",
    chat: Annotated[
        str | None,
        typer.Option(
            "--chat",
            metavar="URL",
            help="Address of a chat server that speaks the OpenAI protocol, in place of the one that is set.",
            show_default=False,
        ),
    ] = None,
    chat_model: Annotated[str | None, typer.Option(help="Name of its model.", show_default=False)] = None,
    details: Details = None,
    report_file: ReportFile = None,
    as_json: Json = False,
) -> None:
    """Ingest a series, ask its truth questions, count what the answers hold and cite. No model judges.

    The key of a chat server is taken from HUIMAI_AGENTS__CHAT_API_KEY.
    """
    from server.cli.render import tell
    from server.evaluation.answers import evaluate_answers as evaluate

    check_outputs(details, report_file)
    server = {"chat_provider": "openai", "chat_base_url": chat} if chat else {}
    chosen = {**server, **({"chat_model": chat_model} if chat_model else {})}
    with shares() as report:
        figures, asked = evaluate(series, source, lambda: throwaway_services(chosen), report)
    if not figures["latency"]["answers_with_model"]:
        tell(say("no_model"))
    deliver("answers", figures, [one.to_json() for one in asked], details, report_file, as_json)


app.command("transcripts", epilog=recording_evaluation.TRANSCRIPTS_EXAMPLE)(recording_evaluation.evaluate_transcripts)
app.command("diarization", epilog=recording_evaluation.DIARIZATION_EXAMPLE)(recording_evaluation.evaluate_diarization)
app.command("ledger", epilog=ledger_evaluation.EXAMPLE)(ledger_evaluation.evaluate_ledger)
