"""How pictures, videos and their containers begin, as bytes and as the text that carries bytes.

Source of the signatures: each format's own specification; several are two bytes long and need more of
the header to be told from chance, so `is_picture` looks further.
"""

import re
from base64 import b64encode

_SURE = (
    b"\x89PNG\r\n\x1a\n", b"\x8aMNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II+\x00",
    b"MM\x00+", b"8BPS", b"\x00\x00\x00\x0cJXL \r\n", b"\x00\x00\x00\x0cjP  \r\n", b"\xff\x4f\xff\x51",
    b"\x1aE\xdf\xa3", b"FLV\x01", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"%PDF-", b"PK\x03\x04", b"PK\x05\x06",
    b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"OggS\x00", b".RMF\x00", b"gimp xcf", b"qoif",
    b"DDS |", b"icns\x00", b"BPG\xfb", b"<?xml", b"<svg", b"<SVG", b"\xef\xbb\xbf<svg", b"\xef\xbb\xbf<?xml",
)  # fmt: skip
_NEED_MORE = (
    b"\xff\xd8\xff", b"RIFF", b"\x00\x00\x01\x00", b"\x00\x00\x02\x00",
    b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3",
)  # fmt: skip
# ISO media (mp4, heic, avif, mov): after four bytes of size
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"skip")
_JPEG_SEGMENTS = frozenset((*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, *range(0xE0, 0xF0), 0xFE))
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)


def is_picture(head: bytes) -> bool:
    """Whether bytes that begin like `head` (best 24 or more) are a picture, video or container."""
    if head.startswith(_SURE):
        return True
    if head[:3] == b"\xff\xd8\xff":
        return len(head) > 3 and head[3] in _JPEG_SEGMENTS
    if head[:4] == b"RIFF":
        return head[8:12] in (b"WEBP", b"AVI ")
    if head[4:8] in _BOXES:
        return head[0] == 0 and (head[4:8] == b"ftyp" or len(head) > 8)
    if head[:2] == b"BM":
        return head[6:10] == bytes(4) and int.from_bytes(head[14:18], "little") in _BMP_HEADERS
    return _is_icon(head) or _is_mpeg(head)


def _is_icon(head: bytes) -> bool:
    if head[:4] not in (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00") or len(head) < 22:
        return False
    count = int.from_bytes(head[4:6], "little")
    return 0 < count < 64 and head[9] == 0 and int.from_bytes(head[18:22], "little") >= 6 + 16 * count


def _is_mpeg(head: bytes) -> bool:
    if len(head) < 8 or head[:3] != b"\x00\x00\x01":
        return False
    if head[3] == 0xBA:  # a pack: MPEG-2, then MPEG-1
        return head[4] & 0xC4 == 0x44 or head[4] & 0xF1 == 0x21
    return head[3] == 0xB3 and 1 <= head[7] >> 4 <= 4 and 1 <= head[7] & 15 <= 8


def _as_base64(mark: bytes) -> str:
    """The characters that are certain when `mark` stands at the start of a base64 text."""
    return b64encode(mark).decode()[: len(mark) * 8 // 6]


def _base64_pattern(texts: list[str]) -> str:
    return "|".join(re.escape(text).replace(r"\+", "[+-]").replace("/", "[/_]") for text in texts)


# A path in a URL may begin like a two-byte mark, so BMP must show its four zero bytes as well.
_BASE64_STARTS = [_as_base64(mark) for mark in (*_SURE, *_NEED_MORE)]
_BASE64_BOXES = [b64encode(bytes(4) + box).decode()[6:10] for box in _BOXES]
BASE64_START = re.compile(
    rf"(?<![A-Za-z0-9+])(?:{_base64_pattern(_BASE64_STARTS)}|Qk[0-3][\w+/-]{{5}}AAA"
    rf"|A[A-P][\w+/-]{{4}}(?:{_base64_pattern(_BASE64_BOXES)}))",
    re.ASCII,
)
# Spaces, "0x", "\x", ":" and "," between the digits are gone when this is used.
HEX_START = re.compile(
    "|".join(
        [*(mark.hex() for mark in (*_SURE, *_NEED_MORE)), "424d[0-9a-f]{8}0{8}"]
        + [f"00[0-9a-f]{{6}}{box.hex()}" for box in _BOXES]
    )
)
DECIMAL_START = re.compile(
    "|".join(
        r"[,\s]{1,3}".join(str(byte) for byte in mark)
        for mark in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1aE\xdf\xa3", b"%PDF")
    )
)
# Bytes read as Latin-1, Windows-1252 or UTF-8; U+FFFD stands where a byte was no text, controls may be lost.
RAW_START = re.compile(
    r"[\x89‰\ufffd]PNG|PNG[\s\S]{0,16}IHDR|ÿØÿ|\ufffd{2,4}[\s\S]{0,6}(?:JFIF|Exif|Adobe|ICC_PROFILE)"
    r"|GIF8[79]a[\s\S]{0,12}[\x00-\x08\x0e-\x1f\x7f-\xff\ufffd]|GIF8[79]a(?=\w)"
    r"|RIFF[\s\S]{0,8}(?:WEBP|AVI )|BM[\s\S]{4}\x00{4}|II[*+]\x00|MM\x00[*+]|8BPS\x00|FLV\x01"
    r"|JXL \r?\n|jP  \r?\n"
    r"|\x1aE[ß\ufffd][£\ufffd]|0&[²\ufffd]u[\x8eŽ\ufffd]f|%PDF-\d|PK\x03\x04|Rar!\x1a|OggS\x00"
    r"|qoif\x00|gimp xcf"
    r"|ftyp(?:iso|mp4|mp7|avi[fs]|hei[cxms]|hev|mif1|msf1|qt  |M4[AVP]|3g|dash|MSNV|jp2|crx|f4v)"
    r"|\x00\x00\x01[\x00ºÀ³\ufffd]|\x00\x00\x02\x00"
)
