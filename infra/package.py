"""Build a release: two templates as compact JSON and one zip, in .build/<stage>/.

Chalice packs twice. Once an empty application with our requirements (infra/wheels.py): up to a minute, kept until they
change. At each build the application without requirements: a second. The release is both.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from app import app
from chalicelib.entrypoints.application import ADDRESSES
from infra import app_stack, data_stack, track
from infra.names import Json
from infra.policies import policies
from infra.wheels import ROOT, PackageError, chalice_package, copy_entries, wheels


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build: for which stage, regulation and processor (x86_64, arm64), into which folder."""

    stage: str
    regulation: str
    architecture: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Release:
    """What a build leaves behind: file paths."""

    data_template: Path
    app_template: Path
    zip: Path


def _write(path: Path, content: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return path


def _project(plan: Plan) -> Path:
    """Lay out a clean copy of the application for Chalice: no caches, no requirements, configuration of this stage."""
    project = plan.folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    shutil.copy(ROOT / "app.py", project)
    shutil.copytree(ROOT / "chalicelib", project / "chalicelib", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    (project / "requirements.txt").write_text("", encoding="utf-8")
    kept = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    chalice = project / ".chalice"
    _write(chalice / "config.json", kept | app_stack.config() | {"lambda_architecture": plan.architecture})
    for name, document in policies(plan.stage, plan.regulation).items():
        _write(chalice / f"policy-{name}.json", document)
    _write(project / "merge.json", app_stack.merge_template(plan.stage, plan.regulation))
    return project


def templates(plan: Plan) -> Release:
    """Make both templates and the zip of our own code alone; asks no package index."""
    project = _project(plan)
    chalice_package(project, "--stage", plan.stage, "--merge-template", "merge.json", "--template-format", "json")
    template = track.entrust(json.loads((project / "out" / "sam.json").read_text(encoding="utf-8")))
    _add_addresses(project / "out" / "deployment.zip")
    return Release(
        data_template=_write(plan.folder / "data.json", data_stack.template(plan.stage, plan.regulation)),
        app_template=_write(plan.folder / "app.json", template),
        zip=project / "out" / "deployment.zip",
    )


def _add_addresses(archive: Path) -> None:
    """Put in which modules serve which address: with it a function loads what it is asked for, not everything."""
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(f"chalicelib/entrypoints/{ADDRESSES}", json.dumps(app.addresses()))


def build(plan: Plan, without: frozenset[str] = frozenset()) -> Release:
    """Build a release; `without` names packages that functions find elsewhere."""
    made = templates(plan)
    whole = plan.folder / "deployment.zip"
    shutil.copy(wheels(plan.architecture, without), whole)
    with zipfile.ZipFile(whole) as archive:
        there = set(archive.namelist())
    copy_entries(made.zip, whole, leave=there, mode="a")
    return replace(made, zip=whole)


def main() -> None:
    """Build for AWS; with --templates only the templates."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description="Build a release in .build/<stage>/.")
    parser.add_argument("stage")
    parser.add_argument("--regulation", default="hoa_binh")
    parser.add_argument("--architecture", default="arm64", choices=["arm64", "x86_64"])
    parser.add_argument("--templates", action="store_true")
    asked = parser.parse_args()
    plan = Plan(asked.stage, asked.regulation, asked.architecture, ROOT / ".build" / asked.stage)
    try:
        release = templates(plan) if asked.templates else build(plan)
    except PackageError as error:
        sys.exit(f"package: {error}")
    for path in (release.data_template, release.app_template, release.zip):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
