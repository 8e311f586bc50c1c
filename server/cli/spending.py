"""`huimai usage`: what models took and cost, how the budgets stand, and the same calls on other tiers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from server.cli.messages import say, word
from server.cli.options import Json, ListByDefault, Since, Until, example

Document = dict[str, Any]

app = typer.Typer(
    cls=ListByDefault,
    help="What models took and cost, month by month, and what the same calls would cost on other tiers.",
    epilog=example(
        "huimai usage", "huimai usage --month 2026-11 --by task", "huimai usage simulate --tiers local.toml"
    ),
)


def checked_month(value: str) -> str:
    """A month as the API takes it. Raises BadParameter."""
    from agents.usage.months import Month
    from ingestion.errors import BadInputError

    try:
        return str(Month.parse(value))
    except BadInputError:
        raise typer.BadParameter(say("not_a_month", value=value)) from None


Month = Annotated[
    str | None,
    typer.Option(
        "--month",
        parser=checked_month,
        metavar="MONTH",
        help="A calendar month (UTC): 2026-11. The running one unless given.",
        show_default=False,
    ),
]


@app.command(
    "list",
    epilog=example(
        "huimai usage list --by model", "huimai usage --month 2026-11 --by project", "huimai usage --by day --json"
    ),
)
def list_usage(
    month: Month = None,
    by: Annotated[
        Literal["project", "user", "task", "model", "tier", "day"],
        typer.Option(help="What there is a row for each of."),
    ] = "project",
    as_json: Json = False,
) -> None:
    """Calls, tokens, seconds and money of a month, and how the budgets stand. This is what `huimai usage` alone
    does."""
    from server.cli.connection import API, connect
    from server.cli.render import print_json

    given = {"by": by, **({"month": month} if month else {})}
    with connect() as client:
        found = client.get(f"{API}/usage", params=given).json()
    if as_json:
        print_json(found)
        return
    _show_month(found)


@app.command(
    "simulate",
    epilog=example(
        "huimai usage simulate --tiers local.toml --month 2026-11",
        "huimai usage simulate --tiers cheaper.toml --since 2026-10-01 --until 2026-10-31 --json",
    ),
)
def simulate(
    tiers: Annotated[
        Path,
        typer.Option(
            help="A TOML file with the other tier table: docs/usage.md shows one.",
            exists=True,
            dir_okay=False,
            metavar="FILE",
            show_default=False,
        ),
    ],
    month: Month = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
) -> None:
    """What past calls would have cost on other tiers: other models' prices, or hardware of your own."""
    from agents.usage.plan import parse_plan
    from ingestion.errors import BadInputError
    from server.cli.connection import API, connect
    from server.cli.render import print_json

    if month and (since or until):
        raise typer.BadParameter(say("month_or_days"), param_hint="'--month' / '--since'")
    try:
        plan = parse_plan(tiers.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise BadInputError(f"{tiers}: {error}", say("unreadable_hint")) from error
    days = {name: value for name, value in {"month": month, "since": since, "until": until}.items() if value}
    with connect() as client:
        found = client.post(f"{API}/usage/simulate", json={**plan, **days}).json()
    if as_json:
        print_json(found)
        return
    _show_simulation(found)


def _show_month(found: Document) -> None:
    from server.cli.render import show, table

    total = found["total"]
    show(say("usage_month", month=found["month"]), "cyan")
    rows = [{**row, "key": word(row["key"] or "-") if found["by"] == "task" else row["key"]} for row in found["rows"]]
    if rows:
        rows.append({**total, "key": say("usage_total")})
    columns = (
        "calls",
        "tokens in",
        "cached",
        "tokens out",
        "seconds",
        "cost",
        "not priced",
        "failed calls",
        "fallbacks",
    )
    table((found["by"], *columns), [_cells(row) for row in rows])
    if total["audio_seconds"]:
        show(say("usage_heard", minutes=f"{total['audio_seconds'] / 60:.1f}"))
    if total["refused"]:
        show(say("usage_refused", refused=total["refused"]), "yellow")
    if total["unpriced"]:
        show(say("usage_unpriced", unpriced=total["unpriced"], share=_percent(total["unpriced_share"])), "dim")
    for line in found["budgets"]:
        _show_budget(line, found["warn_at"])


def _cells(row: Document) -> list[object]:
    return [
        row["key"] or "-",
        row["calls"],
        *(f"{row[name]:,}" for name in ("prompt_tokens", "cached_tokens", "completion_tokens")),
        f"{row['seconds']:,.1f}",
        _money(row["costs"]),
        row["unpriced"],
        row["failed"],
        row["fallbacks"],
    ]


def _show_budget(line: Document, warn_at: float) -> None:
    from server.cli.render import amount, show

    whose = say("budget_of_project", project=line["project"]) if line["project"] else say("budget_of_month")
    amounts = {name: amount(line[name]) for name in ("budget", "spent", "under_way", "left")}
    over, near = line["left"] < 0, line["spent"] + line["under_way"] >= line["budget"] * warn_at
    style = "red" if over else "yellow" if near and line["budget"] else ""
    show(say("budget_line", whose=whose, currency=line["currency"], **amounts), style)
    if line["forecast"] is not None:
        show(say("budget_forecast", forecast=amount(line["forecast"]), currency=line["currency"]), "dim")
    if line["uncounted"]:
        show(say("budget_uncounted", money=_money(line["uncounted"])), "yellow")


def _show_simulation(found: Document) -> None:
    from agents.usage.wording import CAVEATS
    from server.cli.messages import language
    from server.cli.render import show, table, tell

    show(say("simulated_days", since=found["since"], until=found["until"]), "cyan")
    rows = [(word(row["task"]), row["project"] or "-", row["calls"], *_both(row)) for row in found["rows"]]
    if rows:
        rows.append((say("usage_total"), "", sum(row["calls"] for row in found["rows"]), *_both(found)))
    table(("task", "project", "calls", "cost now", "cost then"), rows)
    for machine in found["machines"]:
        _show_machine(machine)
    if found["left_out"]:
        show(say("simulated_left_out", calls=found["left_out"]), "dim")
    if found["unused"]:
        show(say("simulated_unused", tiers=", ".join(found["unused"])), "yellow")
    for code in found["caveats"]:
        tell(say("simulated_caveat", text=CAVEATS[code][language()]))


def _show_machine(machine: Document) -> None:
    from server.cli.render import show

    told = {
        "name": machine["name"],
        "purchase": _money([machine["purchase"]]),
        "electricity": _money([machine["electricity"]]),
        "hours": f"{machine['busy_hours']:.1f}",
        "share": _percent(machine["busy_share"]),
    }
    show(say("machine_used", **told))
    if machine["busy_share"] > 1:
        show(say("machine_too_slow", name=machine["name"]), "yellow")
    even = machine["break_even_calls_a_month"]
    values = {"name": machine["name"], "calls": even, "now": f"{machine['calls_a_month']:.0f}"}
    show(say("machine_never_even" if even is None else "machine_even", **values))


def _both(row: Document) -> tuple[str, str]:
    return _bill(row["now"]), _bill(row["then"])


def _bill(bill: Document) -> str:
    unpriced = say("bill_unpriced", unpriced=bill["unpriced"]) if bill["unpriced"] else ""
    return f"{_money(bill['costs'])}{unpriced}"


def _money(costs: list[Document]) -> str:
    from server.cli.render import amount

    return " + ".join(f"{amount(cost['amount'])} {cost['currency']}" for cost in costs) or "0"


def _percent(share: float) -> str:
    return f"{share:.1%}"
