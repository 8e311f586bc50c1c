"""`huimai speakers`: who speaks in a recording, and who is known by voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from server.cli.items import ProjectName
from server.cli.messages import say, word
from server.cli.options import Json, SpeakerCount, example

if TYPE_CHECKING:
    import httpx

app = typer.Typer(
    no_args_is_help=True,
    help="Who speaks in a recording, by name where somebody has said it, and whose voice is known.",
    epilog=example(
        "huimai speakers list 3f9c1a2b7d40", 'huimai speakers name 3f9c1a2b7d40 2=Mina --consent "Mina, 4 March"'
    ),
)

MeetingId = Annotated[str, typer.Argument(help="Id of the meeting.", show_default=False)]


@app.command("list", epilog=example("huimai speakers list 3f9c1a2b7d40 --json"))
def list_speakers(meeting: MeetingId, as_json: Json = False) -> None:
    """The speakers of a recording: number, name or who it may be, and a line of theirs to listen to."""
    from server.cli.connection import API, connect
    from server.cli.render import clock, print_json, table, tell

    with connect() as client:
        found = client.get(f"{API}/meetings/{meeting}/speakers").json()
    if as_json:
        print_json({"speakers": found})
        return
    if not found:
        tell(say("no_speakers"))
        return
    rows = [(s["speaker"], _named(s), clock(s["seconds"]), s["lines"], clock(s["start"]), _short(s)) for s in found]
    table(("speaker", "name", "speaks for", "lines", "at", "says"), rows)


@app.command("name", epilog=example('huimai speakers name 3f9c1a2b7d40 1=Ann 2=Mina --consent "both, on 4 March"'))
def name_speakers(
    meeting: MeetingId,
    names: Annotated[
        list[str],
        typer.Argument(help="Who a speaker is: 2=Mina. 2= makes speaker 2 unknown again.", show_default=False),
    ],
    consent: Annotated[
        str | None,
        typer.Option(
            help="Keep the voices, so that they are recognised in the project's other meetings; says who agreed.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say who the speakers are. Transcripts, answers and search follow, in every meeting where the voices are known."""
    from server.cli.connection import API, connect

    body = {"names": _numbered(names), "consented_by": consent}
    with connect() as client:
        _follow(client, client.put(f"{API}/meetings/{meeting}/speakers", json=body).json(), as_json)


@app.command("tell", epilog=example("huimai speakers tell 3f9c1a2b7d40 --speakers 4"))
def tell_speakers(meeting: MeetingId, speakers: SpeakerCount = None, as_json: Json = False) -> None:
    """Tell the speakers of a recording apart anew: with their number, or where that was not done yet.

    A name stays with the speaker who mostly speaks when it did before; where nobody does, it is taken back.
    """
    from server.cli.connection import API, connect
    from server.cli.following import follow
    from server.cli.render import print_json, tell

    with connect() as client:
        before = _names(client, meeting)
        changed = client.post(f"{API}/meetings/{meeting}/speakers/tell", json={"speakers": speakers}).json()
        follow(client, changed["meetings"])
        taken = sorted(before - _names(client, meeting))
    if as_json:
        print_json({**changed, "taken_back": taken})
    tell(say("told_anew", meeting=meeting))
    if taken:
        tell(say("names_taken_back", names=", ".join(taken)))


@app.command("people", epilog=example("huimai speakers people Atlas"))
def people(
    project: Annotated[str, typer.Argument(help="Name of a project.", show_default=False)], as_json: Json = False
) -> None:
    """Who is known in a project, and the meetings that each voice was learnt from."""
    from server.cli.connection import API, connect
    from server.cli.render import clock, print_json, table

    with connect() as client:
        found = client.get(f"{API}/people", params={"project": project}).json()
    if as_json:
        print_json({"people": found})
        return
    rows: list[tuple[object, ...]] = []
    for person in found:
        prints: list[dict[str, Any]] = person["voiceprints"]
        rows += [
            (person["id"], person["name"], p["id"], p["date"], clock(p["seconds"]), p["consented_by"]) for p in prints
        ] or [(person["id"], person["name"], "", "", "", "")]
    table(("id", "name", "voiceprint", "date", "speaks for", "consent"), rows)


@app.command("lines", epilog=example("huimai speakers lines 5c0ffee51234"))
def voiceprint_lines(
    voiceprint: Annotated[str, typer.Argument(help="Id of the voiceprint.", show_default=False)], as_json: Json = False
) -> None:
    """The lines that a voiceprint was made of, to listen to before it is trusted or dropped."""
    from server.cli.connection import API, connect
    from server.cli.render import clock, print_json, table

    with connect() as client:
        found = client.get(f"{API}/voiceprints/{voiceprint}/lines").json()
    if as_json:
        print_json({"lines": found})
        return
    table(("line", "at", "says"), [(one["line"], clock(one["start"]), one["text"]) for one in found])


@app.command("rename", epilog=example("huimai speakers rename 9a1b2c3d4e5f Mina"))
def rename(
    person: Annotated[str, typer.Argument(help="Id of the person.", show_default=False)],
    name: Annotated[str, typer.Argument(help="What the person is called from now on.", show_default=False)],
    as_json: Json = False,
) -> None:
    """Write a person's name otherwise in all meetings. With the name of another person the two become one."""
    from server.cli.connection import API, connect

    with connect() as client:
        _follow(client, client.patch(f"{API}/people/{person}", json={"name": name}).json(), as_json)


@app.command("forget", epilog=example("huimai speakers forget 9a1b2c3d4e5f"))
def forget(
    person: Annotated[str, typer.Argument(help="Id of the person.", show_default=False)], as_json: Json = False
) -> None:
    """Delete all of a person's voice data, for good."""
    from server.cli.connection import API, connect

    with connect() as client:
        _follow(client, client.delete(f"{API}/people/{person}").json(), as_json)


@app.command("drop", epilog=example("huimai speakers drop 5c0ffee51234"))
def drop(
    voiceprint: Annotated[str, typer.Argument(help="Id of the voiceprint.", show_default=False)], as_json: Json = False
) -> None:
    """Take one meeting's voice out of a profile that it has spoilt."""
    from server.cli.connection import API, connect

    with connect() as client:
        _follow(client, client.delete(f"{API}/voiceprints/{voiceprint}").json(), as_json)


@app.command("side", epilog=example("huimai speakers side Mina customer --project Atlas"))
def put_side(
    name: Annotated[str, typer.Argument(help="What transcripts call the person.", show_default=False)],
    side: Annotated[
        Literal["customer", "team", "unknown"],
        typer.Argument(help="On which side; unknown takes it back.", show_default=False),
    ],
    project: ProjectName,
    as_json: Json = False,
) -> None:
    """Say on which side somebody is, so that `huimai compare --side` knows whose words to take."""
    from server.cli.connection import API, connect
    from server.cli.render import one_line, print_json, tell

    body = {"project": project, "name": name, "side": None if side == "unknown" else side}
    with connect() as client:
        found = client.put(f"{API}/speaker-sides", json=body).json()
    if as_json:
        print_json(found)
    tell(say("side_put", name=one_line(name), side=word(side)))


@app.command("sides", epilog=example("huimai speakers sides --project Atlas --json"))
def list_sides(project: ProjectName, as_json: Json = False) -> None:
    """Who speaks in a project's meetings, and on which side."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json, table

    with connect() as client:
        found = client.get(f"{API}/speaker-sides", params={"project": project}).json()
    if as_json:
        print_json({"speakers": found})
        return
    table(("speaker", "side"), [(one["name"], word(one["side"] or "unknown")) for one in found])


def _names(client: httpx.Client, meeting: str) -> set[str]:
    """What the speakers of a meeting are called, as far as that is known."""
    from server.cli.connection import API

    return {one["name"] for one in client.get(f"{API}/meetings/{meeting}/speakers").json()} - {None}


def _named(speaker: dict[str, Any]) -> str:
    if speaker["name"]:
        return str(speaker["name"])
    from server.cli.render import clock

    if proposal := speaker["proposal"]:
        return say("maybe", name=proposal["name"], cosine=f"{proposal['cosine']:.2f}")
    if heard := speaker["heard"]:
        return say("called", name=heard[0]["name"], at=clock(heard[0]["start"]))
    return ""


def _short(speaker: dict[str, Any]) -> str:
    said = speaker["first_said"] or ""
    return said if len(said) <= 60 else f"{said[:59]}…"


def _numbered(names: list[str]) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for given in names:
        number, equals, name = given.partition("=")
        if not equals or not number.strip().isdecimal():
            raise typer.BadParameter(say("not_numbered", given=given))
        if int(number) in found:
            raise typer.BadParameter(say("named_twice", speaker=int(number)))
        found[int(number)] = name.strip() or None
    return found


def _follow(client: httpx.Client, changed: dict[str, Any], as_json: bool) -> None:
    """Wait until the meetings whose names have changed are ready again."""
    from server.cli.following import follow
    from server.cli.render import print_json, tell

    if changed["meetings"]:
        follow(client, changed["meetings"])
    if as_json:
        print_json(changed)
    tell(say("names_changed", count=len(changed["meetings"])))
