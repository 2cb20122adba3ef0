"""What a file is by what it holds, whatever it is called."""

import pytest

from initiatives.document_types import download_name, ending_of_other, is_encrypted, recognised
from tests.documents import ENCRYPTED_PDF, JPEG, PDF, WEBP, mail, png

pytestmark = pytest.mark.once
LETTER = b"From: a@mfa.example\r\nDate: Mon, 1 Sep 2025 10:00:00 +0500\r\nSubject: x\r\n\r\nbody"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (png(), "image/png"),
        (JPEG, "image/jpeg"),
        (JPEG.replace(b"\xff\xe0\x00\x10JFIF", b"\xff\xe1\x00\x10Exif"), "image/jpeg"),
        (WEBP, "image/webp"),
        (mail(), "message/rfc822"),
        (LETTER, "message/rfc822"),
        (LETTER.replace(b"\r\n", b"\n"), "message/rfc822"),
        (b"Received: from mx\r\n by mail;\r\n 1 Sep 2025\r\n" + LETTER, "message/rfc822"),
    ],
)
def test_a_document_is_known_by_its_content(content, media_type):
    assert recognised(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"PK\x03\x04" + bytes(60),
        b"MZ" + bytes(80),
        b"GIF89a" + bytes(40),
        b"junk\n" + PDF,
        b"\x1f\x8b\x08" + bytes(40),
        b"\x7fELF" + bytes(60),
        b"{\\rtf1 text}",
        b"RIFF\x1a\0\0\0WAVEfmt " + bytes(20),
    ],
)
def test_what_is_none_of_them_is_not_recognised(content):
    assert recognised(content) == ""


@pytest.mark.parametrize(
    "content",
    [
        LETTER.replace(b"From: a@mfa.example\r\n", b""),
        LETTER.replace(b"Date: Mon, 1 Sep 2025 10:00:00 +0500\r\n", b""),
        LETTER.replace(b"Subject: x\r\n", b""),
        LETTER.replace(b"Mon, 1 Sep 2025 10:00:00 +0500", b"yesterday"),
        LETTER.replace(b"a@mfa.example", b"nobody"),
        LETTER.replace(b"Subject: x", b"no field at all"),
        LETTER.replace(b"\r\n\r\nbody", b""),
        LETTER + b"\0",
        b"From a@mfa.example Mon Sep  1 10:00:00 2025\n" + LETTER,
        b"From: b@mfa.example\r\n" + LETTER,
        b"\r\n" + LETTER,
        b"<html>\r\n" + LETTER,
        b"title: x\nauthor: y\n\ntext",
        LETTER.replace(b"a@mfa.example", b"(" * 1_500 + b"a@mfa.example"),
        LETTER.replace(b"a@mfa.example", b"a@mfa.example, " * 20_000 + b"a@mfa.example"),
        LETTER.replace(b"a@mfa.example", b"a@mfa.example,\r\n " * 9_000 + b"a@mfa.example"),
        LETTER.replace(b"+0500", b"+" + b"9" * 30),
        b"From: \xff\xfe@\r\nDate: \xff\r\nTo: \xff\r\n\r\n",
        b"From: <a@b\r\nDate: Mon, 99 Sep 99999 10:00:00 +0500\r\nTo: a\r\n\r\n",
    ],
)
def test_a_letter_that_is_not_in_order_is_none(content):
    assert recognised(content) == ""


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("protocol.pdf", ""),
        ("PROTOCOL.PDF", ""),
        ("protocol", ""),
        ("Протокол от 12.05", ""),
        ("minutes.final", ""),
        ("page.html", ".html"),
        ("picture.SVG", ".svg"),
        ("scan.png", ".png"),
        ("setup.exe", ".exe"),
        ("protocol.pdf.exe", ".exe"),
        ("letter.docx", ".docx"),
    ],
)
def test_a_name_that_promises_something_else_is_told(name, ending):
    assert ending_of_other("application/pdf", name) == ending


@pytest.mark.parametrize(
    ("name", "media_type", "called"),
    [
        ("protocol.pdf", "application/pdf", "protocol.pdf"),
        ("Протокол 12.05", "application/pdf", "Протокол 12.05.pdf"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\temp\\scan.jpeg", "image/jpeg", "scan.jpeg"),
        ("...", "message/rfc822", "document.eml"),
    ],
)
def test_a_download_has_the_ending_of_its_type_and_no_folder(name, media_type, called):
    assert download_name(name, media_type) == called


def test_a_pdf_that_may_ask_for_a_password_is_known():
    assert is_encrypted(ENCRYPTED_PDF, ENCRYPTED_PDF)
    assert is_encrypted(PDF, ENCRYPTED_PDF[-60:])
    assert not is_encrypted(PDF, PDF)
    assert not is_encrypted(png() + b"/Encrypt", b"/Encrypt")
