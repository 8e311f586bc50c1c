"""The best finds in the order of a reranker, where there is one that may read them and that works."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby

from ingestion.domain import SearchFilter
from ingestion.errors import BadInputError, HuimaiError
from ingestion.outbound import PrivacyError
from ingestion.private import about_scope
from ingestion.search_repository import SearchRepository
from retrieval.pack import said
from retrieval.passages import Find
from retrieval.ports import Reranker
from retrieval.recipes import Recipe

logger = logging.getLogger(__name__)


class Reordering:
    """Reranks finds. A reranker that fails is reported once, until it has worked again. Safe to call from threads."""

    def __init__(self, reranker: Reranker | None) -> None:
        self._reranker = reranker
        self._reported = False

    def order(
        self,
        repository: SearchRepository,
        recipe: Recipe,
        query: str,
        where: SearchFilter,
        finds: Sequence[Find],
        *,
        must: bool,
    ) -> list[Find] | None:
        """The finds, best first, each with the reranker's score; equal scores stay in the order given.

        Null when their order stays as it is: the recipe does not rerank, the reranker may not be told what is in scope
        (see `ingestion.outbound`), or reranking failed. With `must`, a failure is raised instead: BadInputError without
        a reranker, and what `Reranker.rerank` raises.
        """
        if not recipe.plain:
            return None
        try:
            if self._reranker is None:
                raise BadInputError("no reranker is set", _SET_ONE)
            with about_scope(repository, where):
                scores = self._reranker.rerank(query, _shown(repository, finds))
        except PrivacyError:
            return None
        except HuimaiError as error:
            if must:
                raise
            self._report(error)
            return None
        self._reported = False
        scored = [(*find[:3], score) for find, score in zip(finds, scores, strict=True)]
        return sorted(scored, key=lambda find: -find[3])

    def _report(self, error: HuimaiError) -> None:
        if not self._reported:
            logger.warning("searches are not reranked: %s; %s", error.message, error.hint)
        self._reported = True


_SET_ONE = "set HUIMAI_RETRIEVAL__RERANKER to a reranker of `huimai models list`, or name another recipe"


def _shown(repository: SearchRepository, finds: Sequence[Find]) -> list[str]:
    """The text of each find, a line an utterance, with its speaker when known."""
    lines = repository.lines((meeting_id, first, last) for meeting_id, first, last, _ in finds)
    by_meeting = {meeting_id: list(group) for meeting_id, group in groupby(lines, key=lambda line: line.meeting_id)}
    return [
        "\n".join(
            said(line.index, line.speaker, line.text).shown
            for line in by_meeting.get(meeting_id, ())
            if line.text and first <= line.index <= last
        )
        for meeting_id, first, last, _ in finds
    ]
