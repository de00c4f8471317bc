"""The text of a PDF, read by a child process that can do nothing else."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.outbound import pdf_text
from app.outbound.pdf_child import CPU_SECONDS, legible
from app.outbound.pdf_text import MOST_BYTES, PdfRefused, read_pdf_text
from tests import pdfs
from tests.web.pages import PNG

ZIP = b"PK\x03\x04" + b"\x00" * 26


def code_for(data: bytes) -> str:
    with pytest.raises(PdfRefused) as refused:
        read_pdf_text(data)
    assert refused.value.__context__ is None, "no trace of the document is chained"
    return refused.value.code


def test_the_text_of_every_page_comes_back() -> None:
    assert (
        read_pdf_text(pdfs.text_pdf(pdfs.BORN, "Née à Québec (1999)"))
        == f"{pdfs.BORN}\n\nNée à Québec (1999)"
    )


def test_a_document_can_be_read_from_memory_that_is_wiped_afterwards() -> None:
    held = bytearray(pdfs.text_pdf())
    with memoryview(held) as view:
        assert read_pdf_text(view) == pdfs.BORN
    held[:] = bytes(len(held))


def test_of_a_page_with_picture_and_text_the_text_comes_back_alone() -> None:
    assert read_pdf_text(pdfs.scan_pdf(pdfs.BORN)).strip() == pdfs.BORN


def test_an_attached_file_stays_behind() -> None:
    assert read_pdf_text(pdfs.with_attachment("a.png", PNG)) == pdfs.BORN


@pytest.mark.parametrize("scanner", ["", "Scanned with X"])
def test_a_scan_has_no_text(scanner: str) -> None:
    assert code_for(pdfs.scan_pdf(scanner)) == "no_text"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF",
        PNG,
        PNG + pdfs.text_pdf(),  # readers look further in; we do not
        b"\n" + pdfs.text_pdf(),
        ZIP + pdfs.text_pdf(),
        b"%!PS-Adobe-3.0\n" + pdfs.text_pdf(),
        b"\xef\xbb\xbf" + pdfs.text_pdf(),
    ],
)
def test_what_does_not_begin_as_a_pdf_is_none(data: bytes) -> None:
    assert code_for(data) == "not_pdf"


def test_four_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    drawn = pdfs.said(pdfs.BORN)
    small = len(pdfs.with_pages(pdfs.stream(drawn + b"%")))
    most = pdfs.with_pages(pdfs.stream(drawn + b"%" * (MOST_BYTES - small - 10)))
    most += b"\n" * (MOST_BYTES - len(most))
    assert len(most) == MOST_BYTES
    assert read_pdf_text(most) == pdfs.BORN
    assert code_for(most + b"\n") == "too_large"


def test_more_than_a_person_can_look_at_is_too_large() -> None:
    assert code_for(pdfs.text_pdf(*["word " * 3800] * 20)) == "too_large"
    assert code_for(pdfs.text_pdf(*["some words on a page"] * 301)) == "too_large"


def test_a_bomb_is_defused_in_no_time() -> None:
    bomb = pdfs.bomb_pdf()
    assert len(bomb) < 933
    began = time.monotonic()
    assert code_for(bomb) == "unreadable"
    assert time.monotonic() - began < CPU_SECONDS


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_document_is_not_read(password: str) -> None:
    assert code_for(pdfs.locked_pdf(password)) == "unreadable"


@pytest.mark.parametrize(
    "data",
    [
        pdfs.text_pdf()[:300],
        b"%PDF-1.7\n",
        b"%PDF-" + bytes(range(256)) * 4000,
        b"%PDF-1.4\n" + b"1 0 obj\n" * 100_000,
        b"%PDF-1.4\n" + os.urandom(500_000),
        pdfs.pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        pdfs.pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 100_000 + b"]" * 100_000),
        pdfs.pdf(b"<< /Type /Catalog /Pages 9 0 R >>"),
        pdfs.pdf(b"9" * 100_000),
    ],
    ids=range(9),
)
def test_a_broken_document_is_refused(data: bytes) -> None:
    assert code_for(data) == "unreadable"


def test_a_child_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "SECONDS", 0.01)
    assert code_for(pdfs.text_pdf()) == "unreadable"


def test_a_child_that_cannot_start_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert code_for(pdfs.text_pdf() + b"\n" * 1_000_000) == "unreadable"


def test_text_that_cannot_be_shown_is_left_out() -> None:
    assert legible("a\x00b\x1b[1mc\ud800\u202ed\u00a0e\nf\u200cg\x07") == "ab[1mcd e\nf\u200cg"


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')",
        "open({folder!r} + '/made', 'w')",
        "open('/dev/null', 'w')",
        "__import__('socket').socket()",
        "os.pipe()",
        "os.dup(0)",
        "bytearray(400 * 1024 * 1024)",
        "__import__('subprocess').run(['/bin/true'])",
    ],
)
def test_a_child_that_was_taken_over_could_do_nothing(deed: str, tmp_path: Path) -> None:
    program = "import os, socket, subprocess, sys\nfrom app.outbound import pdf_child\n"
    program += "pdf_child.load_everything(); pdf_child.give_up_powers()\n"
    program += f"try:\n    {deed.format(folder=str(tmp_path))}\nexcept BaseException as error:\n"
    program += "    print(type(error).__name__)\nelse:\n    print('done')"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() in ("OSError", "MemoryError"), ran.stdout + ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_child_works_only_so_long() -> None:
    program = "from app.outbound import pdf_child\npdf_child.CPU_SECONDS = 1\n"
    program += "pdf_child.give_up_powers()\nwhile True: pass"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
    assert ran.returncode < 0


def test_a_child_is_told_nothing_of_its_parent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither settings nor place: it is handed the document and nothing else."""
    teller = tmp_path / "python"
    teller.write_text("#!/bin/sh\ncat >/dev/null; printf 'text\\n'; /usr/bin/env; pwd\n")
    teller.chmod(0o755)
    monkeypatch.setenv("HEARD_SECRET", "grelb")
    monkeypatch.setattr(sys, "executable", str(teller))
    told = read_pdf_text(pdfs.text_pdf())
    assert "grelb" not in told
    assert told.splitlines()[-1] == "/"
