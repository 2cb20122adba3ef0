"""`make image` builds by what is there, and says when the image is too large or was not built."""

import subprocess

import pytest

from tools import image

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("said", "size"), [("248 MB", 248), ("248MB\n", 248), ("1.02 GB", 1020), ("900 kB", 0.9)]
)
def test_sizes_are_read_as_they_are_written(said, size):
    assert image.megabytes(said) == pytest.approx(size)


def test_what_is_too_large_fails(capsys):
    assert [image.judged(250), image.judged(250.1)] == [0, 1]
    assert "TOO LARGE" in capsys.readouterr().out


def test_nothing_to_build_with_is_told_loudly(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert image.main([]) == 1
    assert "!!! NOT BUILT" in capsys.readouterr().err


def test_docker_without_its_server_is_passed_over(monkeypatch, tmp_path):
    for name, code in (("docker", 1), ("buildah", 0)):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexit {code}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert image.builder() == "buildah"


def test_a_build_that_fails_is_told(monkeypatch, capsys):
    monkeypatch.setattr(image, "builder", lambda: "podman")
    failed = subprocess.CompletedProcess([], 125)
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: failed)
    assert image.main(["--no-cache"]) == 1
    assert "podman failed" in capsys.readouterr().err


def test_the_site_is_built_with_the_options_that_are_given():
    asked = image.command("buildah", ["--isolation", "chroot"])
    assert asked[:4] == ["buildah", "build", "--format", "docker"]
    assert asked[-3:] == ["--isolation", "chroot", "."]
    assert "--format" not in image.command("docker", [])
