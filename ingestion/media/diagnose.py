"""Why a file cannot be read as a recording, told from its first bytes and its boxes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ingestion.errors import BadInputError

_HEAD_BYTES = 4096
_LARGEST_INDEX = 64 * 1024**2
# ISO/IEC 23001-7 (common encryption) and FairPlay wrap a sample entry in a `sinf` box that begins with `frma`.
_PROTECTED = re.compile(rb"sinf....frma", re.DOTALL)
_ZIP_ENCRYPTED_FLAG = 0x1
# RFC 3533: a page is at most 65307 bytes; bit 3 of its flags marks the last one
_OGG_PAGE_BYTES = 65_307
_OGG_LAST_PAGE = 0x4


def is_encrypted(path: Path) -> bool:
    """Whether an MP4-like file declares its samples protected (CENC, FairPlay)."""
    return any(_PROTECTED.search(index) for index in _boxes(path, b"moov"))


def breaks_off(path: Path) -> bool:
    """Whether a WAV is shorter than its header says, or an Ogg lacks its last page; other formats tell by length."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] == b"RIFF":
            announced = int.from_bytes(head[4:8], "little")
            # a recorder that streams does not know the size and writes 0 or all ones
            return 0 < announced < 0xFFFFFFFF and announced + 8 > size
        if head[:4] == b"OggS":
            file.seek(max(0, size - _OGG_PAGE_BYTES))
            tail = file.read()
            page = tail.rfind(b"OggS")
            return not (0 <= page < len(tail) - 5 and tail[page + 5] & _OGG_LAST_PAGE)
    return False


def explain_unreadable(path: Path, name: str) -> BadInputError:
    """The error to raise for a file in which no known recording format was found."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if zipfile.is_zipfile(path) or head.startswith(b"PK\x03\x04"):
        kind = "an encrypted zip archive" if _zip_is_encrypted(path) else "a zip archive"
        return BadInputError(f"{name}: this is {kind}, not a recording", "Unpack it and give the recording inside.")
    if head[4:8] == b"ftyp" and not any(True for _ in _boxes(path, b"moov")):
        return BadInputError(
            f"{name}: the recording was cut off before its index (moov) was written, so it cannot be played",
            "Copy or upload the file again; if the recorder crashed, repair it with a tool such as untrunc.",
        )
    if not head.strip(b"\0"):
        return BadInputError(f"{name}: the file holds only zeros", "The copy failed; get the file again.")
    if _is_text(head):
        return BadInputError(
            f"{name}: this is text, not a recording",
            "A transcript needs the extension vtt, srt, txt or json; a recording must be exported again.",
        )
    return BadInputError(
        f"{name}: the content is not a known audio or video format, or is damaged",
        "Play the file to check it, or export it again as wav, mp3 or m4a.",
    )


def _boxes(path: Path, wanted: bytes) -> Iterator[bytes]:
    """Payloads of the top-level boxes of that type (ISO/IEC 14496-12, 4.2), none for other kinds of file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        while position + 8 <= size:
            file.seek(position)
            header = file.read(16)
            length, header_size = int.from_bytes(header[:4]), 8
            if position == 0 and header[4:8] not in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"):
                return
            if length == 1:
                length, header_size = int.from_bytes(header[8:16]), 16
            elif length == 0:
                length = size - position
            if length < header_size:
                return
            if header[4:8] == wanted and position + length <= size:
                file.seek(position + header_size)
                yield file.read(min(length - header_size, _LARGEST_INDEX))
            position += length


def _zip_is_encrypted(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(entry.flag_bits & _ZIP_ENCRYPTED_FLAG for entry in archive.infolist())
    except zipfile.BadZipFile:
        return False


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return head.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-8", "gb18030"):
        try:
            # a character may be cut at the end of the head
            text = head[: len(head) - 4].decode(encoding) if len(head) == _HEAD_BYTES else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(char.isprintable() or char.isspace() for char in text)
    return False
