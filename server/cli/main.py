"""`huimai`: the commands put together, and how errors end. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from ingestion.errors import HuimaiError
from server.cli import (
    archive,
    ask,
    correct,
    doctor,
    evaluation,
    glossary,
    ingest,
    item_edits,
    items,
    jobs,
    meetings,
    models,
    projections,
    projects,
    rehear,
    reports,
    review,
    routing,
    search,
    serve,
    settings,
    speakers,
    spending,
    templates,
)
from server.cli.messages import language, say
from server.cli.options import example

INTERRUPTED = 130

_START, _USE, _KEEP = "Start here", "Every day", "Keep house"

app = typer.Typer(
    name="huimai",
    help="Huimai 会脉: the memory of a team's meetings. Recordings in, cited answers out, on your own machine.",
    epilog=example(
        "huimai doctor", "huimai ingest recordings/ --project Atlas", 'huimai ask "When do we ship?" --project Atlas'
    ),
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"huimai {version('huimai')}")
        raise typer.Exit


@app.callback()
def _root(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks and every log record.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    from server.cli.logs import configure

    configure("debug" if debug else "warning", debug)


app.command("doctor", epilog=doctor.EXAMPLE, rich_help_panel=_START)(doctor.doctor)
app.add_typer(models.app, name="models", rich_help_panel=_START)
app.command("ingest", epilog=ingest.EXAMPLE, rich_help_panel=_START)(ingest.ingest)
app.command("serve", epilog=serve.EXAMPLE, rich_help_panel=_START)(serve.serve)
app.command("ask", epilog=ask.EXAMPLE, rich_help_panel=_USE)(ask.ask)
app.command("search", epilog=search.EXAMPLE, rich_help_panel=_USE)(search.search)
app.command("route", epilog=routing.EXAMPLE, rich_help_panel=_KEEP)(routing.route)
item_edits.add_to(items.app)
app.add_typer(items.app, name="items", rich_help_panel=_USE)
app.command("dossier", epilog=projections.DOSSIER_EXAMPLE, rich_help_panel=_USE)(projections.dossier)
app.command("compare", epilog=projections.COMPARE_EXAMPLE, rich_help_panel=_USE)(projections.compare)
app.add_typer(reports.app, name="report", rich_help_panel=_USE)
app.add_typer(templates.app, name="templates", rich_help_panel=_USE)
app.add_typer(meetings.app, name="meetings", rich_help_panel=_USE)
app.command("correct", epilog=correct.EXAMPLE, rich_help_panel=_USE)(correct.correct)
app.add_typer(correct.app, name="corrections", rich_help_panel=_USE)
app.add_typer(review.app, name="review", rich_help_panel=_USE)
app.command("rehear", epilog=rehear.EXAMPLE, rich_help_panel=_USE)(rehear.rehear)
app.add_typer(rehear.app, name="rehearings", rich_help_panel=_USE)
app.add_typer(projects.app, name="projects", rich_help_panel=_USE)
app.add_typer(speakers.app, name="speakers", rich_help_panel=_USE)
app.add_typer(glossary.app, name="glossary", rich_help_panel=_USE)
app.add_typer(jobs.app, name="jobs", rich_help_panel=_USE)
app.add_typer(spending.app, name="usage", rich_help_panel=_KEEP)
app.command("settings", epilog=settings.EXAMPLE, rich_help_panel=_KEEP)(settings.settings)
app.command("export", epilog=archive.EXPORT_EXAMPLE, rich_help_panel=_KEEP)(archive.export)
app.command("backup", epilog=archive.BACKUP_EXAMPLE, rich_help_panel=_KEEP)(archive.backup)
app.command("restore", epilog=archive.RESTORE_EXAMPLE, rich_help_panel=_KEEP)(archive.restore)
app.command("wipe", epilog=archive.WIPE_EXAMPLE, rich_help_panel=_KEEP)(archive.wipe)
app.command("reindex", epilog=jobs.REINDEX_EXAMPLE, rich_help_panel=_KEEP)(jobs.reindex)
app.add_typer(evaluation.app, name="eval", rich_help_panel=_KEEP)


def main() -> None:
    """The console script. Exit codes: 0 done, 1 failed and explained, 2 wrong usage, 130 interrupted."""
    arguments, debug = _hoist_debug(sys.argv[1:])
    try:
        code = _run(arguments)
    except HuimaiError as error:
        if debug:
            raise
        code = _explain(error)
    except Exception as error:
        if debug:
            raise
        code = _explain(_unexpected(error))
    if code == INTERRUPTED:
        _leave_now(arguments)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    command: Any = get_command(app)
    if language() == "zh":
        from server.cli.translation import translate

        translate(command)
    try:
        return command.main(args=arguments, prog_name="huimai", standalone_mode=False) or 0
    except TyperException as error:
        from server.cli.usage import report_wrong_usage

        return report_wrong_usage(error)
    except typer.Abort:
        from server.cli.render import tell

        tell(say("declined"))
        return 1


def _hoist_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """`--debug` works wherever it stands, except after a bare `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    if "--debug" not in arguments[:end]:
        return arguments, False
    return ["--debug", *(a for a in arguments[:end] if a != "--debug"), *arguments[end:]], True


def _explain(error: HuimaiError) -> int:
    from server.cli.render import problem

    problem(error)
    return 1


def _unexpected(error: Exception) -> HuimaiError:
    from ingestion.storage import storage_full

    # httpx is only there when a command has spoken to the server
    httpx: Any = sys.modules.get("httpx")
    if httpx is not None and isinstance(error, httpx.HTTPError):
        return HuimaiError(say("lost_server", error=error), say("lost_server_hint"))
    full = storage_full(error)
    if full is not None:
        return full
    if isinstance(error, OSError):
        return HuimaiError(str(error), say("unexpected_hint"))
    said = f"{type(error).__name__}: {error}".partition("\n")[0]
    return HuimaiError(say("unexpected", error=said), say("unexpected_hint"))


def _leave_now(arguments: list[str]) -> None:
    """End without waiting for worker threads: whatever they do is durable and goes on later."""
    works = arguments[:1] in (["ingest"], ["rehear"]) or arguments[:1] == ["jobs"] or arguments[:1] == ["reindex"]
    sys.stderr.write(f"\n{say('stopped_job' if works else 'stopped')}\n")
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
