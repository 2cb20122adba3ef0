"""Where documents lie: once, whole, for the account of the server alone."""

import hashlib
import os
import stat
from io import BytesIO

import pytest

from initiatives import document_store
from tests.documents import PDF, keep_in

pytestmark = pytest.mark.once
SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def folder(settings, tmp_path):
    return keep_in(settings, tmp_path / "kept" / "documents")


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_lies_under_its_digest(folder):
    assert document_store.put(BytesIO(PDF)) == SHA256
    assert files_in(folder) == [folder / SHA256[:2] / SHA256[2:4] / SHA256]
    with document_store.opened(SHA256) as file:
        assert file.read() == PDF
    assert document_store.size(SHA256) == len(PDF)


def test_the_same_content_is_kept_once(folder):
    document_store.put(BytesIO(PDF))
    before = files_in(folder)[0].stat()
    document_store.put(BytesIO(PDF))
    (only,) = files_in(folder)
    assert only.stat().st_mtime_ns == before.st_mtime_ns


def test_nobody_but_the_server_may_read_it(folder):
    old = os.umask(0)
    try:
        document_store.put(BytesIO(PDF))
    finally:
        os.umask(old)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in files_in(folder)}
    assert modes == {0o600}
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_half_a_file_is_mended_by_sending_it_again(folder):
    document_store.put(BytesIO(PDF))
    files_in(folder)[0].write_bytes(PDF[:10])
    document_store.put(BytesIO(PDF))
    assert files_in(folder)[0].read_bytes() == PDF


def test_what_stops_while_it_is_written_leaves_nothing(folder):
    class Stopping(BytesIO):
        reads = 0

        def read(self, *size):
            self.reads += 1
            if self.reads > 2:  # the digest was taken
                raise OSError("the disk is full")
            return super().read(*size)

    with pytest.raises(OSError, match="full"):
        document_store.put(Stopping(PDF))
    assert files_in(folder) == []


def test_what_is_removed_is_gone_and_may_be_removed_twice(folder):
    document_store.put(BytesIO(PDF))
    document_store.remove(SHA256)
    document_store.remove(SHA256)
    assert document_store.opened(SHA256) is None
    assert not document_store.has(SHA256)


@pytest.mark.parametrize(
    "digest", ["", "..", "../../db.sqlite3", SHA256.upper(), SHA256 + "0", "x"]
)
def test_what_is_no_digest_leads_to_no_place(folder, digest):
    assert not document_store.has(digest)
    assert document_store.opened(digest) is None
    assert document_store.size(digest) is None
    document_store.remove(digest)
