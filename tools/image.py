"""`make image`: the image of the site is built by what this machine has, and weighed.

    make image
    make image ARGS="--isolation chroot --build-arg DEBIAN=localhost/debian:slim"

Docker, podman or buildah builds it, with the options in ARGS. It ends with 1 where nothing can
build here, where the build fails, and where the image is larger than LARGEST.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "tracker"
LARGEST = 250  # megabytes, of a million bytes each
UNITS = {"B": 1e-6, "KB": 1e-3, "MB": 1.0, "GB": 1e3}


def builder() -> str | None:
    """The first program that can build here; Docker can where its server answers."""
    for name in ("docker", "podman", "buildah"):
        asked = [name, "info"] if name != "docker" else [name, "version", "--format", "{{.Server}}"]
        if shutil.which(name) and not subprocess.run(asked, capture_output=True).returncode:
            return name
    return None


def command(program: str, options: list[str]) -> list[str]:
    """Docker's own format has the look at the health of the site, which OCI does not know."""
    form = [] if program == "docker" else ["--format", "docker"]
    built = ["--file", "deploy/Containerfile", "--target", "site", "--tag", NAME]
    return [program, "build", *form, *built, *options, "."]


def megabytes(size: str) -> float:
    """Of what a program of containers says: `248 MB`, `248MB`."""
    number, unit = re.fullmatch(r"([\d.]+) ?([kKMG]?B)", size.strip()).groups()
    return float(number) * UNITS[unit.upper()]


def size_of(program: str) -> float:
    listed = [program, "images", "--format", "{{.Size}}", NAME]
    told = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    return megabytes(told.splitlines()[0])


def judged(size: float) -> int:
    """The exit code for an image of so many megabytes, which is told."""
    verdict = "as it should be" if size <= LARGEST else "TOO LARGE"
    print(f"The image has {size:.0f} MB, at most {LARGEST}: {verdict}")
    return int(size > LARGEST)


def main(options: list[str]) -> int:
    program = builder()
    if program is None:
        print(
            "!!! NOT BUILT: neither Docker (running), podman nor buildah is here.", file=sys.stderr
        )
        return 1
    if subprocess.run(command(program, options), cwd=ROOT).returncode:
        print(f"!!! NOT BUILT: {program} failed, see above.", file=sys.stderr)
        return 1
    return judged(size_of(program))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
