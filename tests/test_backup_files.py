"""The file of a backup: what is damaged or foreign is refused, and old ones go by a rule."""

import hashlib
import io
import os
import random
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from initiatives.backups import BackupError, Keep, Recipients, UnreadableBackup, archive, delete_old
from initiatives.backups.encryption import plain, written
from initiatives.backups.manifest import BackupContents, Manifest
from initiatives.backups.names import name_of, of_this_site
from initiatives.backups.rotation import kept
from tests.backing_up import needs, run
from tests.documents import PDF

pytestmark = pytest.mark.once
NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def write(path: Path, *, content: bytes = b"rows" * 500, recipients=None) -> Path:
    """A whole backup without a database behind it."""
    database = path.parent / "database.dump"
    database.write_bytes(content)
    with written(path, recipients) as sink, archive.Writer(sink, NOW) as writer:
        writer.add_database(database)
        writer.add_document(hashlib.sha256(PDF).hexdigest(), PDF)
        held = BackupContents(migrations=[], rows={}, position=0, digest="")
        writer.end(
            Manifest(
                version="1", site="a", engine="b", made_at=NOW, contents=held, parts=writer.parts
            )
        )
    database.unlink()
    return path


def is_refused(path: Path, folder: Path) -> str:
    with pytest.raises(UnreadableBackup) as refused:
        archive.checked(path, folder)
    return str(refused.value)


def test_a_whole_backup_is_taken(tmp_path):
    found, database = archive.checked(write(tmp_path / "whole.tar"), tmp_path)
    assert (found.version, database.read_bytes()) == ("1", b"rows" * 500)
    (document,) = archive.documents(tmp_path / "whole.tar")
    assert document[0] == hashlib.sha256(PDF).hexdigest()


def test_any_bit_that_fell_over_in_a_part_is_found(tmp_path):
    path = write(tmp_path / "whole.tar")
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        places = [(one.offset_data, one.size) for one in tar]
    for offset, size in places:
        for at in random.Random(size).sample(range(size), 5):
            damaged = bytearray(whole)
            damaged[offset + at] ^= 0x04
            path.write_bytes(damaged)
            assert "damaged" in is_refused(path, tmp_path)


def test_a_file_that_was_cut_off_is_found(tmp_path):
    path = write(tmp_path / "whole.tar")
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        end = max(one.offset_data + one.size for one in tar)
    for length in [0, 1, 511, 512, 700, *range(1024, end, 512), end - 1]:
        path.write_bytes(whole[:length])
        is_refused(path, tmp_path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "documents/x", "readme.txt"])
def test_what_does_not_belong_into_a_backup_is_refused_and_written_nowhere(tmp_path, name):
    path, folder = tmp_path / "foreign.tar", tmp_path / "folder"
    folder.mkdir()
    with tarfile.open(path, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b"abc"))
    assert "does not belong" in is_refused(path, folder)
    assert list(folder.iterdir()) == []


def test_a_link_in_it_is_refused(tmp_path):
    path = tmp_path / "foreign.tar"
    with tarfile.open(path, "w") as tar:
        entry = tarfile.TarInfo("database.dump")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    assert "does not belong" in is_refused(path, tmp_path)


@pytest.mark.parametrize("headers", [{"GNU.sparse.map": "a,b"}, {"GNU.sparse.major": "1"}])
def test_headers_that_make_no_sense_are_refused(tmp_path, headers):
    path = tmp_path / name_of(NOW, None)
    entry = tarfile.TarInfo("database.dump")
    entry.pax_headers = {"GNU.sparse.minor": "0", "GNU.sparse.size": "x"} | headers
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(entry)
    is_refused(path, tmp_path)
    assert of_this_site(tmp_path) == {}


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" * 99, b"PGDMP" * 300, PDF])
def test_a_foreign_file_is_refused(tmp_path, content):
    path = tmp_path / "foreign.tar"
    path.write_bytes(content)
    is_refused(path, tmp_path)


# --- Rotation ---------------------------------------------------------------------------------


def test_a_backup_each_night_leaves_seven_days_four_weeks_and_twelve_months():
    there: set[datetime] = set()
    for night in range(800):
        there.add(NOW + timedelta(days=night))
        there = kept(there, Keep())
    last = NOW + timedelta(days=799)
    days = sorted((last - one).days for one in there)
    assert days[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len({one.isocalendar()[:2] for one in there}) >= 4
    assert len({(one.year, one.month) for one in there}) == 12
    assert len(there) <= 7 + 4 + 12


def test_of_one_day_the_newest_stays_and_what_was_not_made_is_not_counted():
    hours = [NOW + timedelta(hours=number) for number in range(5)]
    years_ago = [NOW - timedelta(days=800), NOW - timedelta(days=400)]
    stay = kept([*hours, *years_ago], Keep(daily=2, weekly=0, monthly=3))
    assert stay == {hours[-1], *years_ago}


def test_nothing_but_backups_of_this_site_is_deleted(tmp_path, settings):
    old, new = (write(tmp_path / name_of(NOW - timedelta(days=n), None)) for n in (1, 0))
    same_name = tmp_path / name_of(NOW - timedelta(days=2), None)
    same_name.write_text("notes of mine")
    (tmp_path / name_of(NOW - timedelta(days=3), None)).mkdir()
    link = tmp_path / name_of(NOW - timedelta(days=4), None)
    link.symlink_to(new)
    shutil.copy(new, tmp_path / "copy of the backup.tar")
    shutil.copy(new, tmp_path / "localhost-20269999T000000Z.tar")
    settings.IDENTIFIER_DOMAIN = "other.example.org"
    other = write(tmp_path / name_of(NOW - timedelta(days=5), None))
    settings.IDENTIFIER_DOMAIN = "localhost"
    before = set(tmp_path.iterdir())
    assert of_this_site(tmp_path).keys() == {old, new}
    assert delete_old(tmp_path, Keep(1, 0, 0), new=new) == [old]
    assert before - set(tmp_path.iterdir()) == {old}
    assert other.exists()


def test_the_newest_stays_whatever_is_kept(tmp_path):
    new = write(tmp_path / name_of(NOW, None))
    assert delete_old(tmp_path, Keep(0, 0, 0), new=new) == []


def test_a_number_that_is_none_is_refused(tmp_path):
    for text in ("-1", "many", "1.5", "٣"):
        code, said = run("backup", tmp_path, f"--keep-daily={text}")
        assert code == 1
        assert "is no number of backups" in said


# --- Encryption -------------------------------------------------------------------------------


@pytest.fixture
def age(monkeypatch, tmp_path):
    """(recipient, file of the key)"""
    needs(monkeypatch, "age", "age-keygen")
    key = tmp_path / "key.txt"
    subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
    (public,) = [line for line in key.read_text().splitlines() if "public key" in line]
    return "age:" + public.split()[-1], key


@pytest.fixture
def gpg(monkeypatch):
    """(recipient, None), in a keyring of its own"""
    needs(monkeypatch, "gpg", "gpgconf")
    home = tempfile.mkdtemp(prefix="gpg-")  # a short path: a socket lies in it
    monkeypatch.setenv("GNUPGHOME", home)
    make = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key"]
    subprocess.run([*make, "t@example.org", "future-default"], check=True, capture_output=True)
    listed = ["gpg", "--batch", "--with-colons", "--list-keys"]
    lines = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.splitlines()
    yield "gpg:" + next(one for one in lines if one.startswith("fpr")).split(":")[9], None
    subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=False)
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.parametrize("program", ["age", "gpg"])
def test_only_the_holder_of_the_key_reads_it(tmp_path, program, request):
    recipient, key = request.getfixturevalue(program)
    path = write(tmp_path / "backup.tar", recipients=Recipients.parse([recipient]))
    assert b"rowsrows" not in path.read_bytes()
    folder = tmp_path / "folder"
    folder.mkdir()
    with plain(path, folder, key) as tar:
        assert archive.checked(tar, tmp_path)[0].version == "1"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("program", ["age", "gpg"])
def test_a_damaged_one_is_refused(tmp_path, program, request):
    recipient, key = request.getfixturevalue(program)
    path = write(tmp_path / "backup.tar", recipients=Recipients.parse([recipient]))
    damaged = bytearray(path.read_bytes())
    damaged[-200] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(BackupError, match=f"{program} failed"), plain(path, tmp_path, key):
        pass


def test_one_of_age_says_that_it_needs_the_key(tmp_path):
    path = tmp_path / "backup.tar.age"
    path.write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(BackupError, match="--identity FILE"), plain(path, tmp_path, None):
        pass


def test_old_ones_are_known_by_name_and_beginning_where_they_are_encrypted(tmp_path):
    for days, (program, head) in enumerate([("age", b"age-encryption.org/v1\n"), ("gpg", b"\x84")]):
        (tmp_path / name_of(NOW - timedelta(days=days), program)).write_bytes(head)
        (tmp_path / name_of(NOW - timedelta(days=days + 5), program)).write_bytes(b"plain")
    assert len(of_this_site(tmp_path)) == 2


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["age1abc"], "write age:age1"),
        (["age:someone"], "begins with age1"),
        (["gpg:someone@example.org"], "whole fingerprint"),
        (["gpg:--output=/etc/passwd"], "whole fingerprint"),
        (["age:age1abc", "gpg:" + "A" * 40], "name those of one"),
    ],
)
def test_a_recipient_that_is_none_is_refused_with_the_cure(texts, said):
    with pytest.raises(BackupError, match=said):
        Recipients.parse(texts)


def test_nobody_named_means_not_encrypted():
    assert Recipients.parse([]) is None


def test_a_program_that_is_missing_is_named_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match=r"age is not installed\. Install it"):
        Recipients("age", ("age1abc",)).command()
    assert os.listdir(tmp_path) == []
