"""`huimai templates`: what a review can be made by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.cli.messages import say
from server.cli.options import Json, ListByDefault, example

if TYPE_CHECKING:
    from agents.templates.catalogue import Templates

app = typer.Typer(
    cls=ListByDefault,
    help="Review templates: list and show them, and check your own.",
    epilog=example("huimai templates", "huimai templates check interview.toml"),
)


@app.command("list", epilog=example("huimai templates list --json"))
def list_templates(as_json: Json = False) -> None:
    """The templates, yours and those that come with Huimai. This is what `huimai templates` alone does."""
    from server.cli.messages import language
    from server.cli.render import print_json, table
    from server.template_documents import template_document

    found = _templates().all()
    if as_json:
        print_json({"templates": [template_document(one).model_dump(mode="json") for one in found]})
        return
    titles = [one.template.title.told(language()) if one.template else one.error for one in found]
    rows = [(one.name, title, say("own_template") if one.own else "") for one, title in zip(found, titles, strict=True)]
    table(("template", "title", "from"), rows)


@app.command("show", epilog=example("huimai templates show weekly_sync > standup.toml"))
def show_template(
    name: Annotated[str, typer.Argument(help="Name of a template.", metavar="NAME")], as_json: Json = False
) -> None:
    """The file of a template: a start for one of your own, which goes into `templates/` of the data home."""
    from server.cli.render import print_json, show

    templates = _templates()
    template, file = templates.get(name), templates.file(name)
    if as_json:
        print_json({"name": name, "file": str(file), **template.model_dump(mode="json")})
    else:
        show(file.read_text(encoding="utf-8-sig").rstrip())


@app.command("check", epilog=example("huimai templates check interview.toml"))
def check_template(
    file: Annotated[Path, typer.Argument(help="A template's file.", metavar="FILE")], as_json: Json = False
) -> None:
    """Say whether a file is a template, and if not, what is wrong in which field. Exits 1 then."""
    from agents.templates.template import read_template
    from server.cli.render import print_json, tell

    template = read_template(file)
    if as_json:
        print_json({"file": str(file), **template.model_dump(mode="json")})
    tell(say("template_right", file=file, sections=len(template.sections)))


def _templates() -> Templates:
    from agents.templates.catalogue import Templates
    from server.cli.environment import load_settings
    from server.home import Home

    return Templates(Home(load_settings().home).templates)
