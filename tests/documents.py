"""Small documents for tests, each what its name says, and a form that attaches one."""

import struct
import zlib
from email.message import EmailMessage

from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives import document_store
from tests.desk import edit, values_of
from tests.factories import make_source

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
ENCRYPTED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 2 0 R")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40) + b"\xff\xd9"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(20)


def png():
    def part(name, content):
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (part(b"IHDR", head), part(b"IDAT", zlib.compress(bytes(2))), part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def mail(**fields):
    message = EmailMessage()
    message["From"], message["To"] = "Aziza <aziza@mfa.example>", "desk@mfa.example"
    message["Date"], message["Subject"] = "Mon, 01 Sep 2025 10:00:00 +0500", "Протокол"
    for name, value in fields.items():
        message[name] = value
    message.set_content("The signed protocol is attached.")
    return message.as_bytes()


def file(name="protocol.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def attach(client, source, content=PDF, *, name="protocol.pdf", public=False, **typed):
    """Attach a file at the form of `source` and save; gives the answer to the POST."""
    values = values_of(client.get(edit(source)))
    values.pop("document_is_public", None)
    if public:
        values["document_is_public"] = "on"
    return client.post(
        edit(source), {**values, "_save": "", "document_file": file(name, content), **typed}
    )


def keep_in(settings, place):
    """Let documents be kept in the folder `place`; gives it."""
    of_documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": place}}
    settings.STORAGES = {**settings.STORAGES, "documents": of_documents}
    return place


def source_with(content=PDF, slug="protocol-1", *, public=True, name="protocol.pdf", **fields):
    """A source that carries a document, written past the actions, and the digest of that."""
    upload = file(name, content)
    values = {
        "document": document_store.put(upload.file),
        "document_name": name,
        "document_type": "application/pdf",
        "document_size": len(content),
        "document_is_public": public,
    }
    return make_source(slug, **values, **fields)
