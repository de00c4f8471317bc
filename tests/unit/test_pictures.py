"""Pictures hidden in text are found in every spelling; words and long URLs are left alone."""

from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from random import Random
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.places.pictures import has_picture, without_pictures

NOISE = Random(7).randbytes(300)
SIZE = (40).to_bytes(4, "little")
HEADERS = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "jpeg exif": b"\xff\xd8\xff\xe1\x00\x10Exif\x00",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "webp": b"RIFF\x24\x01\x00\x00WEBPVP8 ",
    "bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + SIZE + bytes(8),
    "tiff": b"II*\x00\x08\x00\x00\x00",
    "tiff big endian": b"MM\x00*\x00\x00\x00\x08",
    "avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00",
    "mov": b"\x00\x00\x10\x00moov\x00\x00\x00\x6cmvhd",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01",
    "ico": b"\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00\x68\x04\x00\x00\x16\x00\x00\x00",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "xml": b'<?xml version="1.0"?><svg></svg>',
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04\x14\x00",
    "psd": b"8BPS\x00\x01\x00\x00",
    "jxl": b"\x00\x00\x00\x0cJXL \r\n\x87\n",
    "flv": b"FLV\x01\x05\x00\x00",
    "asf": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9",
    "avi": b"RIFF\x24\x01\x00\x00AVI LIST",
    "mpeg": b"\x00\x00\x01\xba\x44\x00\x04\x00",
    "mpeg 1": b"\x00\x00\x01\xb3\x14\x00\xf0\x13",
}
PICTURES = pytest.mark.parametrize("picture", [head + NOISE for head in HEADERS.values()], ids=HEADERS.keys())

Spell = Callable[[bytes], str]
SPELLINGS: dict[str, Spell] = {
    "base64": lambda raw: b64encode(raw).decode(),
    "base64url": lambda raw: urlsafe_b64encode(raw).decode(),
    "base64 without its end": lambda raw: b64encode(raw).decode().rstrip("="),
    "wrapped base64": lambda raw: encodebytes(raw).decode(),
    "wrapped with carriage returns": lambda raw: encodebytes(raw).decode().replace("\n", "\r\n"),
    "base64 percent-encoded": lambda raw: quote_from_bytes(b64encode(raw), safe=""),
    "in a query": lambda raw: "https://img.site.example/x?i=" + b64encode(raw).decode(),
    "in a path": lambda raw: "https://img.site.example/" + urlsafe_b64encode(raw).decode(),
    "among words": lambda raw: f"this one:{b64encode(raw).decode()} please",
    "with hidden marks": lambda raw: "\u200b".join(b64encode(raw).decode()),
    "hex": lambda raw: raw.hex(),
    "upper-case hex": lambda raw: raw.hex().upper(),
    "hex with spaces": lambda raw: raw.hex(" "),
    "hex with colons": lambda raw: raw.hex(":"),
    "escaped hex": lambda raw: "".join(f"\\x{byte:02x}" for byte in raw),
    "a list of hex": lambda raw: ", ".join(f"0x{byte:02x}" for byte in raw),
    "percent-encoded": lambda raw: "".join(f"%{byte:02X}" for byte in raw),
    "latin-1": lambda raw: raw.decode("latin-1"),
    "data url": lambda raw: "data:image/png;base64," + b64encode(raw).decode(),
}
SPELLED = pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS.keys())

JWT = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    + urlsafe_b64encode(NOISE * 2).decode().strip("=")
    + ".c2lnbmF0dXJl"
)
ORDINARY = [
    "",
    "my cousin saw it",
    "They have my data: name, school and the town. Data, data: all of it; base 64 of them.",
    "data: image, video and audio",
    "I was eight. " * 300,
    "صوري ما زالت هناك، وأريد أن تُزال من هذا الموقع. " * 100,
    "我的照片还在那个网站上，请帮我把它们拿下来。" * 200,
    "รูปของฉันยังอยู่ที่นั่น" * 100,
    "the blob: a thing in a game. The file is a PNG or a GIF, or JFIF, WEBP.",
    "-" * 3000,
    "=" * 80 + "\n" + "_" * 1500,
    "\n".join(f"{number:064x}" for number in range(0xABCDEF, 0xABCDEF + 60)),
    "https://img.site.example/" + "gallery/2019/summer/" * 90 + "1.jpg",
    "https://img.site.example/women/world/work/9j/" + "a-photo-of-nothing-" * 60,
    "https://img.site.example/x?" + "&".join(f"key{n}=value%20{n}" for n in range(100)),
    f"https://img.site.example/x?token={JWT}&expires=1700000000",
    "https://img.site.example/x?state=" + b64encode(b'{"page": 1, "sort": "new"}' * 20).decode(),
    "https://img.site.example/x?Signature=" + urlsafe_b64encode(NOISE).decode() + "&Policy="
    + urlsafe_b64encode(b'{"Statement":[{"Resource":"https://img.site.example/"}]}' * 8).decode(),
    "https://img.site.example/%D8%B5%D9%88%D8%B1%D8%A9/" * 1 + "%E7%85%A7%E7%89%87" * 100,
    "\n".join(f"https://img.site.example/post/{n}/photo_{n}.jpg" for n in range(400)),
]  # fmt: skip


@PICTURES
@SPELLED
def test_a_picture_is_found_in_every_spelling(picture: bytes, spell: Spell) -> None:
    assert has_picture(spell(picture))


@PICTURES
@SPELLED
def test_what_stays_of_a_text_holds_no_picture_and_no_piece_of_one(picture: bytes, spell: Spell) -> None:
    rest, found = without_pictures("My own words. " + spell(picture))
    assert found
    assert not has_picture(rest)
    assert set(rest.split()) <= {"My", "own", "words.", "this", "one", "one:", "please"}


@pytest.mark.parametrize("name", ["png", "jpeg", "gif", "webp", "avif", "webm", "pdf"])
def test_bytes_read_as_broken_utf_8_are_found(name: str) -> None:
    assert has_picture((HEADERS[name] + NOISE).decode("utf-8", "replace"))


@pytest.mark.parametrize(
    "text",
    [
        "data:image/png;base64,AAAA",
        "DATA:IMAGE/PNG;BASE64,AAAA",
        "da\tta:im\nage/png;base64,AAAA",
        "d\r\na\u200bta:image/gif,x",
        "data%3Aimage%2Fpng%3Bbase64%2CAAAA",
        "data%253Aimage%252Fpng%253Bbase64%252CAAAA",
        "data[:]image/png;base64,AAAA",
        "data:text/html,<img>",
        "data:;base64,AAAA",
        "data:,hello",
        "see https://img.site.example/?u=data:image/png;base64,AAAA",
        "blob:https://img.site.example/0e1c-4f",
        "BLOB:null/0e1c",
        "blob%3Ahttps%3A%2F%2Fimg.site.example%2F0e1c",
        "blob:0f8fad5b-d9cb-469f-a165-70867728950e",
        "<svg><image href='x'/></svg>",
        "< SVG width=1>",
        "<img src=data:image/gif;base64,R0lGOD>",
        "begin 644 x.jpg\nM_]C_X",
        "[137, 80, 78, 71, 13, 10]",
        "255,216,255,224",
        "\x89PNG\r\n\x1a\n",
        "‰PNG",
        "\ufffdPNG",
        "ÿØÿà",
        "GIF89a\x01\x00",
        "RIFF\x00\x01\x02\x03WEBPVP8 ",
        "A" * 1001,
        "words " + "Ab1_" * 300,
        "https://img.site.example/?x=" + "Ab1Cd2Ef3" * 120,
        encodebytes(NOISE * 4).decode(),
    ],
)
def test_a_text_with_a_picture_in_it_is_refused(text: str) -> None:
    assert has_picture(text)
    assert without_pictures(text)[1]


@pytest.mark.parametrize("text", ORDINARY)
def test_words_and_long_addresses_are_left_alone(text: str) -> None:
    assert not has_picture(text)
    assert without_pictures(text) == (text, False)


def test_the_words_around_a_picture_stay() -> None:
    picture = b64encode(HEADERS["png"] + NOISE).decode()
    rest, found = without_pictures(f"It is on that page.\ndata:image/png;base64,{picture}\nPlease help.")
    assert (rest.split(), found) == ("It is on that page. Please help.".split(), True)


@pytest.mark.parametrize(
    "unit",
    [
        "/9j/4 ",
        "Qk0AAAAAAAAA ",
        "%41",
        "data:",
        "<image ",
        "https://a.example/" + "ab/" * 600 + " ",
        "\ufffd",
    ],
)
def test_a_megabyte_made_to_be_slow_is_read_through(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert isinstance(has_picture(text), bool)
    assert isinstance(without_pictures(text), tuple)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    rest, found = without_pictures(text)
    assert found == has_picture(text)
    assert not has_picture(rest)
    assert found or rest == text


@given(st.binary(max_size=200))
def test_any_bytes_after_a_png_mark_are_found_as_latin_1(tail: bytes) -> None:
    assert has_picture((HEADERS["png"] + tail).decode("latin-1"))
