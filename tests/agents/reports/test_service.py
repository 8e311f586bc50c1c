"""Reports that are kept, over real databases and threads."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agents.ledger.reader import LedgerReader
from agents.reports.building import Builder
from agents.reports.domain import Asked, Built, ReportChange, ReportKind, ReportState
from agents.reports.service import Reports
from ingestion.database import Database
from ingestion.domain import Side
from ingestion.errors import BadInputError, ConflictError, NotFoundError
from ingestion.repository import ProjectRepository, TranscriptRepository
from tests.agents.reports.conftest import DECISIONS, FIRST, SECOND, Meet, read

COMPARISON, DOSSIER = Asked(ReportKind.COMPARISON), Asked(ReportKind.DOSSIER)
REVIEW = Asked(ReportKind.REVIEW, meeting="m2", template="weekly_sync")
WEEK = Asked(ReportKind.COMPARISON, week="2026-W11")
Delete = Callable[[str], None]


def rename(database: Database, old: str, new: str) -> None:
    with database.session() as session:
        project = ProjectRepository(session).named(old)
        project.name = new
        session.add(project)


def numbers(reports: Reports, id: str) -> list[int]:
    return [version.number for version in reports.show(id).versions]


@pytest.mark.parametrize("asked", [COMPARISON, WEEK, DOSSIER, REVIEW])
def test_a_report_is_kept_as_it_was_built(reports: Reports, two: tuple[str, str], asked: Asked) -> None:
    id = reports.save([] if asked.kind is ReportKind.REVIEW else ["Atlas"], asked)
    told = reports.show(id)
    assert (told.asked, told.projects, told.state, told.why) == (asked, ("Atlas",), ReportState.CURRENT, ())
    assert told.built and told.built == reports.built(id)
    assert DECISIONS[SECOND] in json.dumps(told.built.document)
    assert told.title == told.built.title != ""
    assert told.built.text.startswith("# ")
    assert "m2" in told.built.meetings
    assert reports.list(limit=5)[0] == [told]


def test_a_meeting_that_is_added_makes_it_stale_and_rebuilding_keeps_the_old_one(
    reports: Reports, two: tuple[str, str], meet: Meet
) -> None:
    id, fixed = reports.save(["Atlas"], DOSSIER), reports.save(["Atlas"], WEEK)
    meet("m3", date(2026, 3, 16), [("Cy", "We pay the auditor in June.")])
    stale = reports.show(id)
    assert (stale.state, stale.why) == (ReportState.STALE, (ReportChange.MEETING_ADDED,))
    assert "auditor" not in json.dumps(reports.built(id).document)
    rebuilt = reports.rebuild(id)
    assert (rebuilt.state, [one.number for one in rebuilt.versions]) == (ReportState.CURRENT, [2, 1])
    assert "auditor" in json.dumps(reports.built(id).document)
    assert "auditor" not in json.dumps(reports.built(id, 1).document)
    # what happened later changes nothing in an earlier week
    assert reports.show(fixed).state is ReportState.CURRENT
    assert numbers(reports, fixed) == [1]
    reports.rebuild(fixed)
    assert numbers(reports, fixed) == [1]


def test_a_corrected_line_and_a_changed_item_are_told_apart(
    reports: Reports, database: Database, reader: LedgerReader, meet: Meet
) -> None:
    lines = [("Ann", DECISIONS[FIRST]), ("Bo", DECISIONS[SECOND])]
    meet("m1", FIRST, lines)
    id = reports.save(["Atlas"], DOSSIER)
    with database.session() as session:
        TranscriptRepository(session).utterances("m1")[0].speaker = "Cy"
    assert reports.show(id).why == (ReportChange.CORRECTED,)
    reports.rebuild(id)
    read(reader, database, "m1", lines[:1])
    assert reports.show(id).why == (ReportChange.ITEMS_CHANGED,)


def test_the_words_of_a_deleted_meeting_go_with_it(
    reports: Reports, two: tuple[str, str], delete: Delete, database: Database
) -> None:
    compared, known = reports.save(["Atlas"], COMPARISON), reports.save(["Atlas"], DOSSIER, "All we know")
    review = reports.save([], REVIEW)
    delete("m2")
    for id in (compared, known, review):
        told = reports.show(id)
        assert (told.state, told.built, told.why[0]) == (ReportState.REBUILD, None, ReportChange.MEETING_GONE)
        with pytest.raises(ConflictError, match="deleted"):
            reports.built(id)
    with database.engine.connect() as connection:
        for table in ("report", "reportversion", "reportmeeting"):
            assert "tester" not in str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
    assert reports.show(known).title == "All we know"
    told = reports.rebuild(known)
    assert (told.state, [(one.number, one.kept) for one in told.versions]) == (
        ReportState.CURRENT,
        [(2, True), (1, False)],
    )
    assert DECISIONS[FIRST] in json.dumps(reports.built(known).document)
    assert reports.show(compared).problem == "there is nothing to compare yet: 1 meetings were read"
    assert "no meeting 'm2'" in (reports.show(review).problem or "")
    with pytest.raises(NotFoundError):
        reports.rebuild(review)


def test_a_renamed_project_keeps_its_reports(reports: Reports, two: tuple[str, str], database: Database) -> None:
    id = reports.save(["Atlas"], DOSSIER)
    rename(database, "Atlas", "Borealis")
    told = reports.show(id)
    assert (told.projects, told.state, told.why) == (("Borealis",), ReportState.STALE, (ReportChange.RENAMED,))
    assert reports.rebuild(id).state is ReportState.CURRENT
    assert [one.id for one in reports.list("Borealis", limit=5)[0]] == [id]


def test_a_deleted_project_is_said_and_its_reports_can_be_deleted(
    reports: Reports, two: tuple[str, str], delete: Delete, database: Database
) -> None:
    id = reports.save(["Atlas"], DOSSIER)
    delete("m1")
    delete("m2")
    with database.session() as session:
        projects = ProjectRepository(session)
        projects.delete(projects.named("Atlas"))
    told = reports.show(id)
    assert (told.projects, told.state, told.problem) == (
        (),
        ReportState.REBUILD,
        "a project of this report was deleted",
    )
    with pytest.raises(NotFoundError, match="was deleted"):
        reports.rebuild(id)
    reports.delete(id)
    with pytest.raises(NotFoundError):
        reports.show(id)


class Meanwhile:
    """A builder while which something else happens, once."""

    def __init__(self, builder: Builder, does: Callable[[], None], *, before: bool) -> None:
        self._builder, self._does, self._before = builder, does, before
        self.builds = 0

    def build(self, asked: Asked, projects: Any) -> Built:
        self.builds += 1
        if self._before and self.builds == 1:
            self._does()
        built = self._builder.build(asked, projects)
        if not self._before and self.builds == 1:
            self._does()
        return built


def in_the_background(does: Callable[[], None]) -> Callable[[], None]:
    """Runs it in a thread, and waits for it as far as the database lets it go on."""

    def run() -> None:
        thread = threading.Thread(target=does)
        thread.start()
        thread.join(1.0)

    return run


@pytest.mark.parametrize("before", [True, False])
def test_a_project_renamed_during_a_build_loses_nothing(
    reports: Reports, database: Database, builder: Builder, two: tuple[str, str], *, before: bool
) -> None:
    does = in_the_background(lambda: rename(database, "Atlas", "Borealis"))
    slow = Reports(database, Meanwhile(builder, does, before=before))  # type: ignore[arg-type]
    id = slow.save(["Atlas"], DOSSIER)
    wait_for(lambda: reports.show(id).projects == ("Borealis",))
    assert reports.show(id).built
    assert reports.rebuild(id).state is ReportState.CURRENT


@pytest.mark.parametrize("before", [True, False])
def test_a_meeting_deleted_during_a_build_leaves_no_word_behind(
    reports: Reports, database: Database, builder: Builder, two: tuple[str, str], delete: Delete, *, before: bool
) -> None:
    id = reports.save(["Atlas"], DOSSIER)
    gone = threading.Event()

    def deletes() -> None:
        delete("m2")
        gone.set()

    slow = Reports(database, Meanwhile(builder, in_the_background(deletes), before=before))  # type: ignore[arg-type]
    slow.rebuild(id)
    assert gone.wait(30)
    with database.engine.connect() as connection:
        assert "tester" not in str(connection.exec_driver_sql("SELECT * FROM reportversion").all())
    assert reports.rebuild(id).state is ReportState.CURRENT


def wait_for(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        threading.Event().wait(0.05)
    raise TimeoutError


def test_two_rebuilds_at_once_make_one_version(
    reports: Reports, builder: Builder, database: Database, two: tuple[str, str], meet: Meet
) -> None:
    id = reports.save(["Atlas"], DOSSIER)
    meet("m3", date(2026, 3, 16), [("Cy", "We pay the auditor in June.")])
    ready, failed = threading.Barrier(4), list[Exception]()

    def rebuild() -> None:
        ready.wait()
        try:
            assert Reports(database, builder).rebuild(id).state is ReportState.CURRENT
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=rebuild) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, numbers(reports, id)) == ([], [2, 1])


def test_a_slow_rebuild_does_not_hide_what_a_later_one_has_seen(
    reports: Reports, builder: Builder, database: Database, two: tuple[str, str], meet: Meet
) -> None:
    id, ended = reports.save(["Atlas"], DOSSIER), threading.Event()
    meet("m3", date(2026, 3, 16), [("Cy", "We plant a tree.")])

    def later() -> None:
        meet("m4", date(2026, 3, 23), [("Cy", "We pay the auditor in June.")])
        reports.rebuild(id)
        ended.set()

    slow = Reports(database, Meanwhile(builder, in_the_background(later), before=False))  # type: ignore[arg-type]
    slow.rebuild(id)
    assert ended.wait(30)
    assert "auditor" in json.dumps(reports.built(id).document)
    assert numbers(reports, id) == [3, 2, 1]


def test_lists_are_paged_and_of_a_project(reports: Reports, two: tuple[str, str], meet: Meet) -> None:
    meet("n1", FIRST, [("Ann", "We paint it red.")], "Borealis")
    ids = [reports.save([project], DOSSIER) for project in ("Atlas", "Borealis", "Atlas")]
    both = reports.save(["Atlas", "Borealis"], WEEK)
    seen, after = [], None
    while True:
        page, after = reports.list(after=after, limit=2)
        seen.append([one.id for one in page])
        if after is None:
            break
    assert seen == [[both, ids[2]], [ids[1], ids[0]]]
    assert [one.id for one in reports.list("Borealis", limit=9)[0]] == [both, ids[1]]
    with pytest.raises(NotFoundError):
        reports.list("Nope", limit=2)
    with pytest.raises(NotFoundError):
        reports.list(after="nope", limit=2)


@pytest.mark.parametrize(
    ("projects", "asked", "error", "said"),
    [
        (["Nope"], DOSSIER, NotFoundError, "Nope"),
        ([], DOSSIER, BadInputError, "one project"),
        (["Atlas", "Borealis"], DOSSIER, BadInputError, "one project"),
        ([], COMPARISON, BadInputError, "a project"),
        (["Atlas"], Asked(ReportKind.DOSSIER, earlier="m1"), BadInputError, "no 'from'"),
        (["Atlas"], Asked(ReportKind.COMPARISON, at=FIRST), BadInputError, "no 'at'"),
        (["Atlas"], Asked(ReportKind.COMPARISON, week="2026-W60"), BadInputError, "W60"),
        (["Atlas"], Asked(ReportKind.COMPARISON, speakers=("Zoe",)), BadInputError, "Zoe"),
        (["Atlas"], Asked(ReportKind.COMPARISON, side=Side.CUSTOMER), BadInputError, "customer"),
        ([], Asked(ReportKind.REVIEW, meeting="m2"), BadInputError, "by a template"),
        ([], Asked(ReportKind.REVIEW, meeting="nope", template="weekly_sync"), NotFoundError, "nope"),
        (["Borealis"], REVIEW, BadInputError, "another project"),
        ([], Asked(ReportKind.REVIEW, meeting="m2", template="nope"), NotFoundError, "nope"),
        ([], Asked(ReportKind.REVIEW, meeting="m2", template="weekly_sync", start=9, end=1), BadInputError, "span"),
    ],
)
def test_what_cannot_be_built_is_not_kept(
    reports: Reports, two: tuple[str, str], meet: Meet, projects: list[str], asked: Asked, error: Any, said: str
) -> None:
    meet("n1", FIRST, [("Ann", "We paint it red.")], "Borealis")
    with pytest.raises(error, match=said) as refused:
        reports.save(projects, asked)
    assert refused.value.hint
    assert reports.list(limit=5) == ([], None)


def test_a_period_without_a_meeting_is_said(reports: Reports, two: tuple[str, str]) -> None:
    id = reports.save(["Atlas"], Asked(ReportKind.COMPARISON, month="2026-05"))
    built = reports.built(id)
    assert built.document["notes"] == [
        "Atlas: no meeting was read of 2026-04-01..2026-04-30",
        "Atlas: no meeting was read of 2026-05-01..2026-05-31",
    ]
    assert "no meeting was read of 2026-05-01" in built.text
