"""Files that look like recordings and cannot be heard."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path


def without_channels(path: Path) -> Path:
    """A WAV file with a second of bytes and 0 channels."""
    body = bytes(32000)
    fmt = struct.pack("<HHIIHH", 1, 0, 16000, 0, 0, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + fmt + b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks)
    return path


def protected(path: Path) -> Path:
    """An MP4 with a protection box, as iTunes and common encryption write it into the sample entry."""
    data = path.read_bytes().replace(b"mp4a", b"enca", 1)
    sinf = b"sinf" + struct.pack(">I", 12) + b"frmamp4a"
    moov = data.index(b"moov") - 4
    size = int.from_bytes(data[moov : moov + 4])
    box = struct.pack(">I", 8 + len(sinf) + 4) + b"udta" + struct.pack(">I", len(sinf) + 4) + sinf
    index = struct.pack(">I", size + len(box)) + data[moov + 4 : moov + size] + box
    path.write_bytes(data[:moov] + index + data[moov + size :])
    return path


def archived(path: Path, *, encrypted: bool) -> Path:
    """A zip archive with a recording in it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meeting.mp3", b"x" * 1000)
    data = bytearray(path.read_bytes())
    if encrypted:
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + offset] |= 1
        path.write_bytes(data)
    return path
