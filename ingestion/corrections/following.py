"""Vectors follow the chunks that corrections changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from ingestion.correction_repository import CorrectionRepository
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.errors import HuimaiError, NotFoundError
from ingestion.indexing import IndexedMeeting, chunk_points
from ingestion.ports import Embedder, VectorStore
from ingestion.private import about_meeting
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.review_repository import ReviewRepository
from ingestion.tables import Chunk

logger = logging.getLogger(__name__)


class VectorFollower:
    """Embeds again the chunks whose vectors are behind. Blocking.

    One thread at a time, and it reads what is stored when its turn comes: of two corrections side by side the later
    one is never overwritten by the earlier.
    """

    def __init__(self, database: Database, vectors: VectorStore, embedder: Embedder, batch: int) -> None:
        """`batch` is how many chunks are embedded at once at most."""
        self._database, self._vectors, self._embedder, self._batch = database, vectors, embedder, batch
        self._turn = threading.Lock()
        self._later = ThreadPoolExecutor(1, "follower")

    def follow_later(self, meeting_ids: Iterable[str]) -> None:
        """`follow` each of the meetings while the caller goes on. What fails stays counted as behind."""
        for meeting_id in meeting_ids:
            self._later.submit(self._follow_quietly, meeting_id)

    def close(self) -> None:
        """Wait until all meetings that were given to `follow_later` are done, and end."""
        self._later.shutdown()

    def follow(self, meeting_id: str) -> None:
        """Bring the vectors of a meeting to its chunks. What cannot be embedded stays counted as behind.

        Raises HuimaiError, which says that the correction itself is stored.
        """
        try:
            with self._turn:
                self._follow(meeting_id)
        except NotFoundError:
            self._vectors.delete_meeting(meeting_id)
            raise
        except HuimaiError as error:
            raise HuimaiError(
                f"the correction is stored, but search does not know it yet: {error.message}",
                f"{error.hint}; then `huimai reindex`" if error.hint else "run `huimai reindex`",
                status=error.status,
            ) from error

    def _follow_quietly(self, meeting_id: str) -> None:
        try:
            self.follow(meeting_id)
        except NotFoundError:
            pass  # deleted meanwhile
        except Exception:
            logger.exception("search does not know yet what was corrected in the meeting %s", meeting_id)

    def _follow(self, meeting_id: str) -> None:
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            meeting, project = meetings.get(meeting_id), meetings.project_name(meeting_id)
            if meeting.stage is not Stage.READY:
                return  # its ingest has begun anew and embeds what is stored
            chunks = TranscriptRepository(session).chunks(meeting_id)
            replaced = ReviewRepository(session).replaced_words(meeting_id)
            lines = [one.line for one in CorrectionRepository(session).lines(meeting_id)]
        indexed = IndexedMeeting(meeting_id, project, meeting.date, chunks, lines, replaced)
        for begin, end in _runs(chunks, self._batch):
            with about_meeting(self._database, meeting_id):
                points = chunk_points(indexed, begin, end, self._embedder)
            self._vectors.upsert(points)
            with self._database.session() as session:
                MeetingRepository(session).get(meeting_id)
                CorrectionRepository(session).followed({one.id: one.behind for one in chunks[begin:end]})


def _runs(chunks: Sequence[Chunk], longest: int) -> list[tuple[int, int]]:
    """Runs of chunks that are behind, as positions of their first and after their last."""
    behind = [at for at, one in enumerate(chunks) if one.behind]
    runs = [[at for _, at in group] for _, group in groupby(enumerate(behind), lambda pair: pair[1] - pair[0])]
    return [
        (run[start], run[min(start + longest, len(run)) - 1] + 1)
        for run in runs
        for start in range(0, len(run), longest)
    ]
