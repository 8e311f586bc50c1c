"""What a recording is, decided by its content and never by its name."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from ingestion.domain import MediaInfo
from ingestion.errors import BadInputError
from ingestion.media.diagnose import explain_unreadable, is_encrypted

# A closed list: playlists and other formats that make FFmpeg open further files or addresses stay out.
_FORMATS = (
    "3gp,aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,caf,eac3,flac,flv,m4a,matroska,mov,mp3,mp4,mpeg,mpegts,"
    "ogg,w64,wav,webm,wv"
)
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}

_PACKETS_TRIED = 200
"""A stream of which none of so many packets decodes is not taken for sound."""

_EXPORT_HINT = "Play the file to check it, or export it again as wav, mp3 or m4a."


def probe(path: Path, name: str | None = None) -> MediaInfo:
    """Look into a recording: container, codec, length, rate, channels, tags; and decode its first sound.

    `name` is what errors call it, where `path` is a temporary one.

    Raises BadInputError, with the reason and what to do, for whatever holds no sound that can be decoded.
    """
    shown = name or path.name
    with open_media(path, shown) as container:
        stream = audio_stream(container)
        rate, channels = _first_sound(container, stream, shown)
        tags = {**stream.metadata, **container.metadata}
        return MediaInfo(
            container=container.format.name,
            codec=stream.codec_context.name,
            duration=stream_duration(container),
            sample_rate=rate,
            channels=channels,
            created=_created(tags),
            title=tags.get("title") or None,
        )


@contextlib.contextmanager
def open_media(path: Path, name: str) -> Generator[InputContainer]:
    """The opened container, known to hold a sound stream that is not encrypted. Raises BadInputError otherwise."""
    if not path.is_file():
        raise BadInputError(f"{name}: no such file", "Check the path.")
    if path.stat().st_size == 0:
        raise BadInputError(
            f"{name}: the file is empty (0 bytes)", "The recording or its upload failed; get the file again."
        )
    if is_encrypted(path):
        raise BadInputError(
            f"{name}: the recording is encrypted (DRM), its sound cannot be read",
            "Export an unprotected copy from the program that made it.",
        )
    try:
        container = av.open(str(path.resolve()), options=_OPTIONS, metadata_errors="replace")
    except FFmpegError as error:
        raise explain_unreadable(path, name) from error
    with container:
        _check_streams(container, name)
        yield container


def audio_stream(container: InputContainer) -> AudioStream:
    """The sound stream that players would choose."""
    best = container.streams.best("audio")
    assert isinstance(best, AudioStream)
    return best


def stream_duration(container: InputContainer) -> float | None:
    """Seconds of sound as the file announces them, or None when it does not."""
    stream = audio_stream(container)
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _check_streams(container: InputContainer, name: str) -> None:
    if container.streams.best("audio") is not None:
        return
    if container.streams.audio:
        raise BadInputError(f"{name}: its sound is damaged or of an unknown kind", _EXPORT_HINT)
    if container.streams.video:
        raise BadInputError(f"{name}: there is a picture but no sound in it", "Give a recording that has sound.")
    raise BadInputError(f"{name}: the container is empty, there is no sound in it", _EXPORT_HINT)


def _first_sound(container: InputContainer, stream: AudioStream, name: str) -> tuple[int, int]:
    """Sample rate and channel count of the first frame that decodes."""
    tried = 0
    with contextlib.suppress(FFmpegError):
        for packet in container.demux(stream):
            tried += 1
            if tried > _PACKETS_TRIED:
                break
            with contextlib.suppress(FFmpegError):
                for frame in packet.decode():
                    if frame.samples and frame.sample_rate and frame.layout.nb_channels:
                        return frame.sample_rate, frame.layout.nb_channels
    raise BadInputError(f"{name}: it says it holds {stream.codec_context.name} sound, but none decodes", _EXPORT_HINT)


def _created(tags: dict[str, str]) -> datetime | None:
    """The recording time from the container's tags; ISO 8601, UTC when no zone is given (as MP4 and Matroska say)."""
    for key in ("com.apple.quicktime.creationdate", "creation_time"):
        try:
            when = datetime.fromisoformat(tags[key])
        except (KeyError, ValueError):
            continue
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
        # an unset MP4 clock reads 1904, an unset device clock 1970 or 1980
        if when.year > 1990:
            return when
    return None
