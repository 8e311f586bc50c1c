"""What people say of items: changed, added, removed, merged, split; listed and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from agents.ledger.edits_service import Edited
from agents.ledger.listing import matter_of
from server.edit_documents import EditDocument, ItemChange, Merging, NewItem, Splitting, edit_document
from server.ledger_documents import ItemDocument, JudgedLink, LinkJudgement
from server.problems import ChangedMeanwhileError, responses
from server.routes.deps import API, Opened, etag_matches
from server.routes.written import tagged_json
from server.services import Services

router = APIRouter(prefix=API, tags=["items"])

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="ETag of the item that was seen: nothing is changed if it is not so."),
]


@router.patch(
    "/items/{item_id}", summary="Edit an item", response_model=ItemDocument, responses=responses(404, 412, 422)
)
def change_item(
    item_id: str, body: ItemChange, services: Opened, request: Request, if_match: IfMatch = None
) -> Response:
    """The id of a matter changes what is told of it now, that of a later step what that says. What is set stays,
    however often the meetings are read, and is told to be set by hand; quotes stay as they are. Without If-Match two
    who change different fields both count."""
    edited = services.editor.change(item_id, body.change(), _look(services, request, item_id, if_match))
    return _followed(services, request, edited)


@router.post(
    "/items", status_code=201, summary="Add an item", response_model=ItemDocument, responses=responses(404, 409, 422)
)
def add_item(body: NewItem, services: Opened, request: Request) -> Response:
    """Says that lines of a meeting tell of something that reading did not find. The quote is what they say."""
    edited = services.editor.add(body.meeting_id, body.kind, body.lines, body.change())
    response = _followed(services, request, edited)
    response.status_code = 201
    return response


@router.post(
    "/items/{item_id}/merge",
    summary="Merge two matters",
    response_model=ItemDocument,
    responses=responses(404, 409, 412, 422),
)
def merge_items(item_id: str, body: Merging, services: Opened, request: Request, if_match: IfMatch = None) -> Response:
    """Both are one matter from then on, of one meeting or of two."""
    edited = services.editor.merge(item_id, body.with_, body.type, _look(services, request, item_id, if_match))
    return _followed(services, request, edited)


@router.post(
    "/items/{item_id}/split", summary="Split an item", response_model=ItemDocument, responses=responses(404, 412, 422)
)
def split_item(item_id: str, body: Splitting, services: Opened, request: Request, if_match: IfMatch = None) -> Response:
    """Into parts on some of its lines each; the first keeps the id. Without parts it leaves the matter that it is
    linked to, and looks for another."""
    edited = services.editor.split(item_id, body.given(), _look(services, request, item_id, if_match))
    return _followed(services, request, edited)


@router.delete("/items/{item_id}", summary="Remove what is none", responses=responses(404, 412, 422))
def remove_item(item_id: str, services: Opened, request: Request, if_match: IfMatch = None) -> list[EditDocument]:
    """Reading does not find it again. The id of a matter removes everything said of it, that of a later step only
    that."""
    edited = services.editor.remove(item_id, _look(services, request, item_id, if_match))
    services.readings.want(edited.meeting_ids)
    return [edit_document(event) for event in edited.events]


@router.get("/items/{item_id}/history", summary="What people said of an item", responses=responses(404))
def item_history(item_id: str, services: Opened) -> list[EditDocument]:
    """Of its matter, the newest first; also of an item that was removed or is gone. What was undone says when."""
    return [edit_document(event) for event in services.editor.history(item_id)]


@router.get("/edits", summary="What people said of a project's items", responses=responses(404, 422))
def list_edits(
    services: Opened,
    project: Annotated[str, Query(description="Name of a project.")],
    lost: Annotated[bool, Query(description="Only what has nothing left to be laid over.")] = False,
) -> list[EditDocument]:
    """The newest first."""
    return [edit_document(event) for event in services.editor.of_project(project, lost=lost)]


@router.delete("/edits/{edit_id}", summary="Undo an edit", responses=responses(404, 409))
def undo_edit(edit_id: str, services: Opened) -> list[EditDocument]:
    """Edits made since stay; the record of this one stays too."""
    edited = services.editor.undo(edit_id)
    services.readings.want(edited.meeting_ids)
    return [edit_document(event) for event in edited.events]


@router.put("/links/{later}/{earlier}", summary="Confirm or reject a link", responses=responses(404, 422))
def judge_link(later: str, earlier: str, body: LinkJudgement, services: Opened) -> JudgedLink:
    """What a person says stays, however often the meetings are read again. Two items whose link is rejected are two
    matters from then on, unless the later one finds another. Null takes back what was said, also of a link that is
    gone since."""
    confirmed, meeting_ids = services.editor.judge(later, earlier, body.confirmed)
    services.readings.want(meeting_ids)
    return JudgedLink(item_id=later, earlier_id=earlier, confirmed=confirmed)


def _look(services: Services, request: Request, item_id: str, if_match: str | None) -> Callable[[], None] | None:
    if if_match is None:
        return None

    def look() -> None:
        if not etag_matches(if_match, _shown(services, request, item_id).headers["ETag"]):
            raise ChangedMeanwhileError("the item was changed meanwhile", "look at it again, then edit it")

    return look


def _followed(services: Services, request: Request, edited: Edited) -> Response:
    """The matter as it stands now; what depends on it is linked anew in the background."""
    services.readings.want(edited.meeting_ids)
    return _shown(services, request, edited.item_id)


def _shown(services: Services, request: Request, item_id: str) -> Response:
    return tagged_json(request, matter_of(services.ledger, item_id).to_json())
