"""Backups that only the holder of a key can read, by age or GnuPG."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from initiatives.backups.errors import BackupError
from initiatives.backups.programs import found, running

_FORM = "write age:age1… or gpg:FINGERPRINT"
_KEYS = {"age": r"age1[0-9a-z-]+|ssh-(ed25519|rsa) .+", "gpg": r"[0-9A-F]{40}|[0-9A-F]{64}"}
_CURES = {
    "age": "an age recipient begins with age1, ssh-ed25519 or ssh-rsa",
    # Any key with a name like it could be taken otherwise.
    "gpg": "a GnuPG recipient is a whole fingerprint, see gpg --list-keys --with-fingerprint",
}
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENC")
_BINARY_OPENPGP = 0x80  # the highest bit of the first byte


@dataclass(frozen=True)
class Recipients:
    """Who can read the backups: `keys` of one `program`."""

    program: str
    keys: tuple[str, ...]

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "Recipients | None":
        """None where nobody is named. Raises BackupError with the cure."""
        pairs = [_pair(text.strip()) for text in texts if text.strip()]
        programs = {program for program, _ in pairs}
        if len(programs) > 1:
            raise BackupError("Recipients are of age and of GnuPG; name those of one of them.")
        return cls(programs.pop(), tuple(key for _, key in pairs)) if pairs else None

    def command(self) -> list[str]:
        """What encrypts its standard input. Raises BackupError where it is not installed."""
        to = [part for key in self.keys for part in ("--recipient", key)]
        if self.program == "age":
            return [found("age"), "--encrypt", *to]
        options = ["--batch", "--quiet", "--trust-model", "always", "--compress-algo", "none"]
        return [found("gpg"), *options, *to, "--encrypt"]


def _pair(text: str) -> tuple[str, str]:
    program, _, key = text.partition(":")
    if program not in _KEYS:
        raise BackupError(f"{text[:80]!r} is no recipient; {_FORM}.")
    key = re.sub(r"\s", "", key).upper() if program == "gpg" else key
    if not re.fullmatch(_KEYS[program], key):
        raise BackupError(f"{text[:80]!r} is no recipient; {_CURES[program]}.")
    return program, key


@contextmanager
def written(path: Path, recipients: Recipients | None) -> Iterator[IO[bytes]]:
    """What is written to it inside lies in the file `path` then, encrypted where wanted."""
    with path.open("xb") as file:
        if recipients is None:
            yield file
        else:
            with running(recipients.command(), stdin=-1, stdout=file) as process:
                assert process.stdin is not None
                yield process.stdin


def program_of(path: Path) -> str | None:
    """What the file is encrypted with, None where it is not."""
    with path.open("rb") as file:
        head = file.read(32)
    if head.startswith(_AGE):
        return "age"
    if head.startswith(b"-----BEGIN PGP MESSAGE") or (head and head[0] & _BINARY_OPENPGP):
        return "gpg"
    return None


@contextmanager
def plain(path: Path, folder: Path, identity: Path | None) -> Iterator[Path]:
    """The file itself, or what it says decrypted into `folder`. Raises BackupError."""
    program = program_of(path)
    if program is None:
        yield path
        return
    there = folder / "decrypted.tar"
    with (
        path.open("rb") as file,
        there.open("xb") as out,
        running(_decrypting(program, identity), stdin=file, stdout=out),
    ):
        pass
    yield there
    there.unlink()


def _decrypting(program: str, identity: Path | None) -> list[str]:
    if program == "gpg":
        if identity is not None:
            raise BackupError(
                "It is encrypted with GnuPG, which takes the key from its keyring; leave "
                "--identity out and import the key with gpg --import."
            )
        return [found("gpg"), "--quiet", "--decrypt"]
    if identity is None:
        raise BackupError("It is encrypted with age. Say --identity FILE, the file of the key.")
    return [found("age"), "--decrypt", "--identity", str(identity)]
