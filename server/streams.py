"""Bridges between blocking code and the event loop for bodies that are too large to hold, or that come as they come."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream
from fastapi.responses import StreamingResponse
from starlette.types import Send

from server.problems import TimedOutError

if TYPE_CHECKING:
    from typing_extensions import Buffer

Sink = Callable[[bytes], Coroutine[Any, Any, None]]
"""Takes the next piece of a body; waits while the client is slower."""

_PIECE = 256 * 1024
_PIECES_AHEAD = 4


class ProducedResponse(StreamingResponse):
    """A streamed response whose body comes from `produce`, which is cancelled when the client goes away.

    The response begins with the first piece, so that an error before it is answered as a problem document; an error
    after it breaks the connection off. With `heartbeat` a silence of so many seconds is filled with those bytes.
    """

    def __init__(
        self,
        produce: Callable[[Sink], Awaitable[None]],
        *,
        media_type: str,
        headers: Mapping[str, str] | None = None,
        heartbeat: tuple[float, bytes] | None = None,
    ) -> None:
        super().__init__((), headers=headers, media_type=media_type)
        self._produce = produce
        self._heartbeat = heartbeat

    async def stream_response(self, send: Send) -> None:
        """Send what is produced."""
        sender, receiver = anyio.create_memory_object_stream[bytes](_PIECES_AHEAD)
        failure: Exception | None = None
        begun = False

        async def work() -> None:
            nonlocal failure
            async with sender:
                try:
                    await self._produce(sender.send)
                except Exception as error:
                    failure = error

        async with anyio.create_task_group() as group:
            group.start_soon(work)
            async with receiver:
                async for piece in self._pieces(receiver):
                    if not begun:
                        await self._begin(send)
                        begun = True
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            group.cancel_scope.cancel()
        if failure is not None:
            raise failure
        if not begun:
            await self._begin(send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _begin(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})

    async def _pieces(self, receiver: MemoryObjectReceiveStream[bytes]) -> AsyncIterator[bytes]:
        seconds, filler = self._heartbeat or (None, b"")
        while True:
            piece = filler
            with anyio.move_on_after(seconds):
                try:
                    piece = await receiver.receive()
                except anyio.EndOfStream:
                    return
            yield piece


def blocking(chunks: AsyncIterator[bytes], patience: float) -> Iterator[bytes]:
    """The chunks for a worker thread of anyio. Raises TimedOutError after `patience` seconds without one."""

    async def following() -> bytes | None:
        with anyio.move_on_after(patience):
            return await anext(chunks, None)
        raise TimedOutError(f"nothing arrived for {patience:g} seconds, the upload was dropped", "send the file again")

    while (chunk := anyio.from_thread.run(following)) is not None:
        yield chunk


def written(write: Callable[[BinaryIO], None]) -> Callable[[Sink], Awaitable[None]]:
    """A producer of what `write` writes to a file-like object in a worker thread. It cannot be seeked."""

    async def produce(sink: Sink) -> None:
        def work() -> None:
            with io.BufferedWriter(_Pipe(sink), _PIECE) as buffered:
                write(cast(BinaryIO, buffered))

        await anyio.to_thread.run_sync(work)

    return produce


class _Pipe(io.RawIOBase):
    """The writing end: every write waits until the event loop has taken the bytes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        piece = bytes(data)
        anyio.from_thread.run(self._sink, piece)
        return len(piece)
