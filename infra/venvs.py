"""Make the virtual environments and keep them to their requirement files. Needs nothing but a Python 3.11 to 3.13.

.venv holds what proves and packages the application, .venv-ministack the local cloud. They are two because functions of
the local cloud see its site-packages: in one environment those would hide what our zip lacks. .venv-bench holds what
our clock is measured against, and is made for `make bench` alone.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    ".venv": ["requirements-dev.txt", "requirements.txt"],
    ".venv-ministack": ["infra/ministack-requirements.txt"],
    ".venv-bench": ["benchmarks/requirements.txt"],
}
ALWAYS = [".venv", ".venv-ministack"]
OLDEST, NEWEST = (3, 11), (3, 13)
PIP = ["install", "--quiet", "--disable-pip-version-check", "--retries", "2", "--timeout", "20"]


class SetupError(Exception):
    """Says in one line what the person at the keyboard can do."""


def check_python() -> None:
    """Refuse a Python that Lambda or our pins do not know."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(f"Python 3.11, 3.12 or 3.13 is needed, this is {found}: choose one with PYTHON=python3.12")


def _key(files: list[str]) -> str:
    contents = [(ROOT / name).read_bytes() for name in files]
    return hashlib.sha256(b"\n".join([sys.version.encode(), *contents])).hexdigest()


def _create(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        package = f"python3.{sys.version_info.minor}-venv"
        raise SetupError(f"cannot make {folder.name}: apt-get install {package}, then try again") from error


def _install(folder: Path, file: str) -> None:
    command = [str(folder / "bin" / "python"), "-m", "pip", *PIP, "-r", str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        why = said[-1] if said else f"pip ended with {done.returncode}"
        raise SetupError(f"pip could not install {file}; is the package index reachable? It said: {why}")


def _same_python(folder: Path) -> bool:
    config = folder / "pyvenv.cfg"
    version = ".".join(map(str, sys.version_info[:3]))
    return config.exists() and f"version = {version}" in config.read_text(encoding="utf-8")


def ensure(name: str) -> None:
    """Bring one environment to its files; does nothing when they are as at the last time."""
    folder, files = ROOT / name, FILES[name]
    stamp = folder / ".made-from"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == _key(files):
        return
    print(f"Preparing {name} ...", flush=True)
    if not _same_python(folder):
        _create(folder)
    _install(folder, files[0])
    stamp.write_text(_key(files), encoding="utf-8")


def main() -> None:
    """Make the environments named, or those that are always needed."""
    try:
        check_python()
        for name in sys.argv[1:] or ALWAYS:
            ensure(name)
    except SetupError as error:
        sys.exit(f"setup: {error}")


if __name__ == "__main__":
    main()
