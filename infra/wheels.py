"""The zip of wheels a release needs: Chalice packs an empty application; kept by the hash of what went in."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".build" / "wheels"
EPOCH = (1980, 1, 1, 0, 0, 0)  # same content, same bytes, same hash: an unchanged release deploys nothing
NO_ACCOUNT = {  # packing asks AWS nothing, but Chalice would look for credentials, on the network at last
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "PYTHONDONTWRITEBYTECODE": "1",
}
STUB = """from chalice import Chalice

app = Chalice(app_name="wheels")
app.lambda_function()(lambda event, context: None)
"""


class PackageError(Exception):
    """Says in one line what the person at the keyboard can do."""


def host_architecture() -> str:
    """Name this machine's processor as Lambda does; MiniStack runs functions on it."""
    return "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"


def chalice_package(project: Path, *arguments: str) -> None:
    """Run `chalice package`; it reports a missing wheel in its output only, and goes on without it."""
    command = [str(Path(sys.executable).parent / "chalice"), "package", *arguments, "out"]
    environ = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")} | NO_ACCOUNT
    done = subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    if done.returncode == 0 and "Could not install dependencies" not in output:
        return
    missing = [word for word in output.split() if "==" in word]
    if missing:
        raise PackageError(f"no wheel for {missing[0]} and perhaps others; is the package index reachable?")
    raise PackageError(f"chalice package failed: {(output.strip().splitlines() or ['it said nothing'])[-1]}")


def _files_of(archive: zipfile.ZipFile, packages: frozenset[str]) -> set[str]:
    """Find what the named packages brought into the zip, by their own records."""
    found: set[str] = set()
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        if file == "RECORD" and folder.split("-")[0].replace("_", "-") in packages:
            found |= {line.split(",")[0] for line in archive.read(name).decode().splitlines()}
    return found


def copy_entries(source: Path, target: Path, *, leave: set[str], mode: Literal["w", "a"] = "w") -> None:
    """Copy the entries of one zip into another, with one date for all."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, mode) as new:
        for name in sorted(set(old.namelist()) - leave):
            if not name.endswith("/"):
                new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)


def wheels(architecture: str, without: frozenset[str]) -> Path:
    """Give the zip of everything in requirements.txt for this Python and `architecture`, without our own code."""
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    key = hashlib.sha256("\n".join([requirements, python, architecture, *sorted(without)]).encode()).hexdigest()[:16]
    kept = KEPT / f"{key}.zip"
    if kept.exists():
        return kept
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        packed = _pack(Path(folder), requirements, architecture)
        with zipfile.ZipFile(packed) as archive:
            leave = {"app.py", *_files_of(archive, without)}
        copy_entries(packed, packed.with_suffix(".clean"), leave=leave)
        packed.with_suffix(".clean").rename(kept)
    return kept


def _pack(project: Path, requirements: str, architecture: str) -> Path:
    (project / ".chalice").mkdir()
    (project / "app.py").write_text(STUB, encoding="utf-8")
    (project / "requirements.txt").write_text(requirements, encoding="utf-8")
    config = {"app_name": "wheels", "lambda_architecture": architecture}
    (project / ".chalice" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    chalice_package(project)
    return project / "out" / "deployment.zip"


def in_local_server() -> frozenset[str]:
    """Name the packages pinned alike for our functions and for the local server.

    Local only: the server's site-packages stand behind the zip; left out, they take nine tenths of the zip and half of
    each cold start with them. On AWS the zip is whole.
    """
    lists = [ROOT / "requirements.txt", ROOT / "infra" / "ministack-requirements.txt"]
    ours, theirs = ({line.strip().lower() for line in path.read_text(encoding="utf-8").splitlines()} for path in lists)
    return frozenset(line.split("==")[0].replace("_", "-") for line in ours & theirs if "==" in line)
