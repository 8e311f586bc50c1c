"""Bytes of a transcript to text, whatever wrote them."""

from __future__ import annotations

import codecs

from ingestion.errors import BadInputError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5")
# Nearly any bytes decode as GB18030 or Big5; only real Chinese is full of these.
_COMMON_HAN = frozenset(
    "的一是不了在有我这個个他们們来來到说說大上就会會也可以你对對那要么麼没沒时時好能后後还還下得看去事然开開月日年"
)
_MIN_COMMON_SHARE = 0.08
_BROKEN_SHARE = 0.01
# Western European text: few accented letters, which all stand in the upper part of the code page.
_WESTERN_SHARE = 0.2
_FIRST_WESTERN = 0xA0
_SNIFF_BYTES = 4096


def looks_binary(data: bytes) -> bool:
    """Whether the bytes cannot be text: NUL bytes that are not UTF-16/32, or many control characters."""
    head = data[:_SNIFF_BYTES]
    if not head or any(head.startswith(mark) for mark, _ in _MARKS):
        return False
    if b"\0" in head:
        return _bare_utf16(head) is None
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
    return controls > len(head) * 0.02


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text with `\\n` line ends, and one-line notes on what was assumed.

    Tries marks (BOM), UTF-8, bare UTF-16, GB18030 and Big5 by how common their characters are, then charset-normalizer.
    Raises BadInputError for binary data or an encoding that nothing explains.
    """
    if looks_binary(data):
        raise BadInputError(
            "the file is binary, not a transcript", "give a text file, or rename a recording to its real type"
        )
    text, notes = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), notes


def _decode(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_note(data.decode(encoding, "replace"), [])
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    bare = _bare_utf16(data[:_SNIFF_BYTES])
    if bare:
        return _with_note(data.decode(bare, "replace"), [f"no byte order mark; read as {bare.upper()}"])
    legacy = _legacy_chinese(data)
    if legacy:
        return legacy[1], [f"not UTF-8; read as {legacy[0].upper()}"]
    patched = data.decode("utf-8", "replace")
    if patched.count("\ufffd") <= max(2, len(patched) * _BROKEN_SHARE):
        return _with_note(patched, [])
    return _guess(data)


def _with_note(text: str, notes: list[str]) -> tuple[str, list[str]]:
    broken = text.count("\ufffd")
    return text, [*notes, f"{broken} unreadable characters were replaced"] if broken else notes


def _bare_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: text of any language holds many spaces, line ends and digits, whose high byte is 0."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) * 0.05 or min(even, odd) > max(even, odd) * 0.1:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy_chinese(data: bytes) -> tuple[str, str] | None:
    best: tuple[float, str, str] | None = None
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [char for char in text if char > "\x7f"]
        share = sum(char in _COMMON_HAN for char in foreign) / max(1, len(foreign))
        if share >= _MIN_COMMON_SHARE and (best is None or share > best[0]):
            best = (share, encoding, text)
    return best and (best[1], best[2])


def _guess(data: bytes) -> tuple[str, list[str]]:
    foreign = [byte for byte in data if byte > 0x7F]
    if len(foreign) < len(data) * _WESTERN_SHARE and min(foreign) >= _FIRST_WESTERN:
        return data.decode("cp1252"), ["not UTF-8; read as CP1252"]

    from charset_normalizer import from_bytes

    match = from_bytes(data).best()
    if match is None:
        raise BadInputError("the text's encoding is unknown", "save the file as UTF-8 and import it again")
    return str(match), [f"not UTF-8; read as {match.encoding.upper()}"]
