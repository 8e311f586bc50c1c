"""`huimai glossary`: how names and terms are written, and what recognisers write instead."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ingestion.domain import GlossaryEntry
from ingestion.errors import BadInputError, NotFoundError
from ingestion.text.glossary_file import read_glossary
from server.cli import glossary_review
from server.cli.messages import say
from server.cli.options import Json, ListByDefault, Project, example

app = typer.Typer(
    cls=ListByDefault,
    help="Names and terms: how they are written, and what recognisers write instead.",
    epilog=example("huimai glossary --project Atlas", "huimai glossary import terms.toml --project Atlas"),
)


@app.command("list", epilog=example("huimai glossary list --project Atlas --json"))
def list_terms(project: Project = None, as_json: Json = False) -> None:
    """The shared terms and, for a project, its own. This is what `huimai glossary` alone does."""
    from server.cli.render import print_json, table

    found = _terms(project)
    if as_json:
        print_json({"terms": found})
        return
    columns = ("id", "term", "kind", "project", "also heard as")
    table(columns, [(t["id"], t["canonical"], t["kind"], t["project"], ", ".join(t["aliases"])) for t in found])


@app.command("add", epilog=example('huimai glossary add Quillgate --alias "quill gate" --kind product --project Atlas'))
def add_term(
    term: Annotated[str, typer.Argument(help="The term as it should be written.")],
    alias: Annotated[
        list[str] | None, typer.Option(help="What is heard or written instead; may be repeated.", show_default=False)
    ] = None,
    kind: Annotated[str, typer.Option(help="What it names: term, person, product, ...")] = "term",
    project: Project = None,
    as_json: Json = False,
) -> None:
    """Add a term, or replace it. Without a project every project shares it."""
    _put([GlossaryEntry(term, tuple(alias or ()), kind)], project, as_json)


@app.command("import", epilog=example("huimai glossary import terms.toml --project Atlas"))
def import_terms(
    file: Annotated[
        Path, typer.Argument(help="TOML or JSON with a list `term`: canonical, aliases, kind.", dir_okay=False)
    ],
    project: Project = None,
    as_json: Json = False,
) -> None:
    """Add the terms of a file. The list may also be called `terms` or `glossary`, or stand alone in a JSON file."""
    _put(read_glossary(file), project, as_json)


@app.command("remove", epilog=example("huimai glossary remove Quillgate --project Atlas"))
def remove_term(
    term: Annotated[str, typer.Argument(help="The term, or its id.")], project: Project = None, as_json: Json = False
) -> None:
    """Remove a term. Text that was corrected with it stays as it is."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        known: list[dict[str, Any]] = client.get(f"{API}/glossary", params=_scope(project)).json()
        found = [t for t in known if t["canonical"] == term and t["project"] == project]
        if len(found) > 1:
            raise BadInputError(say("term_ambiguous", term=term), say("term_ambiguous_hint"))
        if not found and term not in [t["id"] for t in known]:
            raise NotFoundError(say("term_unknown", term=term), say("term_unknown_hint"))
        client.delete(f"{API}/glossary/{found[0]['id'] if found else term}")
    if as_json:
        print_json({"deleted": term})
    tell(say("deleted", what=term))


app.command("changes", epilog=example("huimai glossary changes --project Atlas"))(glossary_review.changes)
app.command("apply", epilog=example("huimai glossary apply --project Atlas"))(glossary_review.apply)
app.command("keep", epilog=example("huimai glossary keep 3f9c1a2b7d40 4"))(glossary_review.keep)
app.command("suggestions", epilog=example("huimai glossary suggestions --project Atlas"))(glossary_review.suggestions)


def _put(terms: list[GlossaryEntry], project: str | None, as_json: bool) -> None:
    from server.cli.connection import API, connect
    from server.cli.render import print_json, tell

    with connect() as client:
        stored = [client.post(f"{API}/glossary", json={**asdict(term), **_scope(project)}).json() for term in terms]
    if as_json:
        print_json({"terms": stored})
    tell(say("added", count=len(stored)))


def _terms(project: str | None) -> list[dict[str, Any]]:
    from server.cli.connection import API, connect

    with connect() as client:
        return client.get(f"{API}/glossary", params=_scope(project)).json()


def _scope(project: str | None) -> dict[str, str]:
    return {"project": project} if project else {}
