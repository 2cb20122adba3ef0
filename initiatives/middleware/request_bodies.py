"""How much anybody may send, said before it is read."""

from collections.abc import Callable
from io import BytesIO, IOBase
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from initiatives import document_store
from initiatives.desk.forms import sending
from initiatives.http.problems import Problem

# How large the file may be that an officer sends to the address of this name.
_LARGEST_FILE = {
    "initiatives_importbatch_send": sending.LARGEST,
    "initiatives_source_add": document_store.LARGEST,
    "initiatives_source_change": document_store.LARGEST,
}
# Beside the file: the other fields of the form and what separates them. A file that is a little
# too large is refused by the form itself, which says so beside its field.
_AROUND_A_FILE = 1024 * 1024
_PIECE = 64 * 1024


class BoundBodies:
    """Middleware: answers 413 to a body over its bound, and reads none of it.

    The bound is DATA_UPLOAD_MAX_MEMORY_SIZE, for every method and address; only an officer who is
    signed in may send more, to the addresses that take files. So this stands behind the
    login and in front of all that reads: the check of the token, forms and views. What comes
    without a length, in chunks, is read up to the bound and no further. What ends before the
    length that was announced is refused (400), for half a form must not be saved as a whole one.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = _announced(request)
        except ValueError:
            return _broken(request)
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        # Who asks is looked up in the database only where it matters.
        if (length is None or length > most) and (of_file := _file_of_officer(request)):
            most = of_file + _AROUND_A_FILE
        if length is None:
            try:
                length = _read_chunks(request, most)
            except Exception:  # each server has errors of its own for a body that is none
                return _broken(request)
        else:
            # Of what a stream can do, Django asks this much.
            request._stream = cast(BinaryIO, Whole(request._stream, length))
        if length > most:
            return _too_large(request, most)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What cannot be read to its end was not sent to its end; that is no fault of ours."""
        return _broken(request) if isinstance(exception, UnreadablePostError) else None


class Whole(IOBase):
    """A stream of `length` bytes that is an error if it ends before."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._missing = stream, length

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._missing if size is None or size < 0 else min(size, self._missing)
        pieces = []
        while wanted:
            piece = self._stream.read(wanted)
            wanted -= self._took(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = -1) -> bytes:
        line = self._stream.readline(-1 if size is None else size) if self._missing else b""
        if self._missing and size != 0:
            self._took(line)
        return line

    def _took(self, piece: bytes) -> int:
        if not piece:
            raise OSError("the body ended before its length")
        self._missing -= len(piece)
        return len(piece)


def _announced(request: HttpRequest) -> int | None:
    """The length that the body is said to have; None where it comes in chunks.

    Raises ValueError for what is no length, on which Django would fail.
    """
    text = request.META.get("CONTENT_LENGTH") or ""
    if not text:
        return None if "HTTP_TRANSFER_ENCODING" in request.META else 0
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _largest_file(request: HttpRequest) -> int:
    """How large a file may be there; 0 where no files are taken."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return 0
    return _LARGEST_FILE.get(match.url_name or "", 0) if match.namespace == "admin" else 0


def _file_of_officer(request: HttpRequest) -> int:
    """The same, but 0 for who is no officer."""
    largest = _largest_file(request)
    return largest if largest and request.user.is_active and request.user.is_staff else 0


def _read_chunks(request: HttpRequest, most: int) -> int:
    """Take what comes in chunks, up to one piece beyond `most`, and give its length."""
    body, source = BytesIO(), request.META["wsgi.input"]
    while body.tell() <= most and (piece := source.read(_PIECE)):
        body.write(piece)
    length = body.tell()
    body.seek(0)
    # Django reads nothing that has no length, and would take the form for an empty one.
    request._stream, request.META["CONTENT_LENGTH"] = body, str(length)
    return length


def _too_large(request: HttpRequest, most: int) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        largest = _largest_file(request)
        is_import = request.path_info == reverse("admin:initiatives_importbatch_send")
        most = largest if largest and most > largest else most
        told = {"most": filesizeformat(most)}
        reason = _("What was sent is larger than %(most)s, and was not read.") % told
        if request.path_info.startswith(reverse("api:root")):
            return HttpResponse(f"{reason}\n", "text/plain; charset=utf-8", status=413)
        if "." in request.path_info.rpartition("/")[2]:
            return Problem(413, reason).response(request)
        context = {"reason": reason, "is_import": is_import, "takes_files": bool(largest)}
        return render(request, "413.html", context, status=413)


def _broken(request: HttpRequest) -> HttpResponse:
    with override(get_language_from_request(request, check_path=True)):
        reason = _("What was sent broke off before its end; nothing of it was saved.")
    return HttpResponse(f"{reason}\n", "text/plain; charset=utf-8", status=400)
