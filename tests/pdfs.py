"""PDFs made by hand, byte for byte: with text, as a scan, locked, broken, and with what a thief would try."""

import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter

BORN = "Born on the first day of a month in 1999, entered in register number 17."


def pdf(*objects: bytes) -> bytes:
    """A whole file from its objects, numbered from 1; the first one is the catalogue."""
    out, starts = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), more, body)


def with_pages(*pages: bytes, more: tuple[bytes, ...] = (), font: bytes = b"") -> bytes:
    """One page for each content stream (its object's body); `more` objects come last."""
    count, first = len(pages), 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count),
        font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    resources = b"<< /Font << /F1 3 0 R >> >>"
    if more:
        resources = b"<< /Font << /F1 3 0 R >> /XObject << /Im1 %d 0 R >> >>" % (first + 2 * count)
    for number, body in enumerate(pages):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents %d 0 R >>"
        objects += [page % (resources, first + 2 * number + 1), body]
    return pdf(*objects, *more)


def said(text: str) -> bytes:
    """What draws one line of text (Latin letters)."""
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 12 Tf 72 720 Td (%b) Tj ET" % escaped


def text_pdf(*texts: str) -> bytes:
    """One page for each text."""
    return with_pages(*(stream(said(text)) for text in texts or (BORN,)))


def scan_pdf(text: str = "") -> bytes:
    """A page that is a picture: grey squares, and what the scanner wrote below."""
    pixels = zlib.compress(bytes(range(256)) * 16)
    picture = b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray"
    picture += b" /BitsPerComponent 8 /Filter /FlateDecode"
    drawn = b"q 595 0 0 842 0 0 cm /Im1 Do Q " + said(text)
    return with_pages(stream(drawn), more=(stream(pixels, picture),))


def bomb_pdf(times: int = 60_000_000) -> bytes:
    """Under a thousand bytes that unpack to 60 MB: deflated twice."""
    inner = zlib.compressobj(9)
    once = b"".join(inner.compress(b" " * 1_000_000) for _ in range(times // 1_000_000)) + inner.flush()
    twice = zlib.compress(once, 9)
    return with_pages(stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


def locked_pdf(password: str = "") -> bytes:
    """Locked with a password, which may be empty."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(text_pdf())))
    writer.encrypt(password, "the owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_attachment(name: str, content: bytes) -> bytes:
    """A PDF of one page that carries a whole file along."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(text_pdf())))
    writer.add_attachment(name, content)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
