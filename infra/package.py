"""Build a release: two templates as compact JSON and one zip, in .build/<stage>/.

Chalice packs twice. Once an empty application with our requirements: that zip of wheels takes up to a minute and is
kept by the hash of the requirements. At each build the application without requirements: a second. The release is both.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from infra import app_stack, data_stack
from infra.names import Json
from infra.policies import policies

ROOT = Path(__file__).parent.parent
BUILD = ROOT / ".build"
EPOCH = (1980, 1, 1, 0, 0, 0)  # same content, same bytes, same hash: an unchanged release deploys nothing
STUB = """from chalice import Chalice

app = Chalice(app_name="wheels")
app.lambda_function()(lambda event, context: None)
"""


class PackageError(Exception):
    """Says in one line what the person at the keyboard can do."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a build leaves behind: file paths."""

    data_template: Path
    app_template: Path
    zip: Path


def host_architecture() -> str:
    """Name this machine's processor as Lambda does; MiniStack runs functions on it."""
    return "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"


def _write(path: Path, content: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return path


def _chalice(project: Path, *arguments: str) -> None:
    """Run `chalice package`; it reports a missing wheel in its output only, and goes on without it."""
    command = [str(Path(sys.executable).parent / "chalice"), "package", *arguments, "out"]
    environ = {**os.environ, "AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    if done.returncode or "Could not install dependencies" in output:
        tail = " / ".join(line for line in output.strip().splitlines()[-6:] if line.strip())
        raise PackageError(f"chalice package failed (is the package index reachable?): {tail}")


def _files_of(archive: zipfile.ZipFile, packages: frozenset[str]) -> set[str]:
    """Find what the named packages brought into the zip, by their own records."""
    found: set[str] = set()
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        if file == "RECORD" and folder.split("-")[0].replace("_", "-") in packages:
            found |= {line.split(",")[0] for line in archive.read(name).decode().splitlines()}
    return found


def _copy(source: Path, target: Path, *, leave: set[str], mode: Literal["w", "a"] = "w") -> None:
    """Copy the entries of one zip into another, with one date for all."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, mode) as new:
        for name in sorted(set(old.namelist()) - leave):
            if not name.endswith("/"):
                new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)


def wheels(requirements: str, architecture: str, without: frozenset[str]) -> Path:
    """Give the zip of everything in `requirements` for this Python and `architecture`, without our own code."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    key = hashlib.sha256("\n".join([requirements, python, architecture, *sorted(without)]).encode()).hexdigest()[:16]
    kept = BUILD / "wheels" / f"{key}.zip"
    if kept.exists():
        return kept
    project = BUILD / "wheels" / key
    shutil.rmtree(project, ignore_errors=True)
    (project / ".chalice").mkdir(parents=True)
    (project / "app.py").write_text(STUB, encoding="utf-8")
    (project / "requirements.txt").write_text(requirements, encoding="utf-8")
    _write(project / ".chalice" / "config.json", {"app_name": "wheels", "lambda_architecture": architecture})
    _chalice(project)
    made = project / "out" / "deployment.zip"
    with zipfile.ZipFile(made) as archive:
        leave = {"app.py", *_files_of(archive, without)}
    _copy(made, kept.with_suffix(".part"), leave=leave)
    kept.with_suffix(".part").rename(kept)
    shutil.rmtree(project)
    return kept


def _project(stage: str, regulation: str, architecture: str) -> Path:
    """Lay out a clean copy of the application for Chalice: no caches, no requirements, configuration of this stage."""
    project = BUILD / stage / "project"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    shutil.copy(ROOT / "app.py", project)
    shutil.copytree(ROOT / "chalicelib", project / "chalicelib", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    (project / "requirements.txt").write_text("", encoding="utf-8")
    kept = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    chalice = project / ".chalice"
    _write(chalice / "config.json", kept | app_stack.config() | {"lambda_architecture": architecture})
    for name, document in policies(stage, regulation).items():
        _write(chalice / f"policy-{name}.json", document)
    _write(project / "merge.json", app_stack.merge_template(stage, regulation))
    return project


def in_local_server() -> frozenset[str]:
    """Name the packages pinned alike for our functions and for the local server.

    Local only: the server's site-packages stand behind the zip; left out, they take nine tenths of the zip and half of
    each cold start with them. On AWS the zip is whole.
    """
    lists = [ROOT / "requirements.txt", ROOT / "infra" / "ministack-requirements.txt"]
    ours, theirs = ({line.strip().lower() for line in path.read_text(encoding="utf-8").splitlines()} for path in lists)
    return frozenset(line.split("==")[0].replace("_", "-") for line in ours & theirs if "==" in line)


def templates(stage: str, regulation: str, *, architecture: str) -> Release:
    """Make both templates and the zip of our own code alone; asks no package index."""
    project = _project(stage, regulation, architecture)
    _chalice(project, "--stage", stage, "--merge-template", "merge.json", "--template-format", "json")
    template = json.loads((project / "out" / "sam.json").read_text(encoding="utf-8"))
    return Release(
        data_template=_write(BUILD / stage / "data.json", data_stack.template(stage, regulation)),
        app_template=_write(BUILD / stage / "app.json", template),
        zip=project / "out" / "deployment.zip",
    )


def build(stage: str, regulation: str, *, architecture: str, without: frozenset[str] = frozenset()) -> Release:
    """Build a release; `without` names packages that functions find elsewhere."""
    made = templates(stage, regulation, architecture=architecture)
    release = BUILD / stage / "deployment.zip"
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    shutil.copy(wheels(requirements, architecture, without), release)
    with zipfile.ZipFile(release) as archive:
        there = set(archive.namelist())
    _copy(made.zip, release, leave=there, mode="a")
    return replace(made, zip=release)


def main() -> None:
    """Build for AWS; with --templates only the templates."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__.splitlines()[0])
    parser.add_argument("stage")
    parser.add_argument("--regulation", default="hoa_binh")
    parser.add_argument("--architecture", default="arm64", choices=["arm64", "x86_64"])
    parser.add_argument("--templates", action="store_true")
    asked = parser.parse_args()
    make = templates if asked.templates else build
    try:
        release = make(asked.stage, asked.regulation, architecture=asked.architecture)
    except PackageError as error:
        sys.exit(f"package: {error}")
    for path in (release.data_template, release.app_template, release.zip):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
