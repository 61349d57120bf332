"""The reference agency (examples/agency) beside a centre of `make run`: its settings file, its process.

python -m examples.agency_process so_tai_nguyen_moi_truong
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from examples.client import Stack

ROOT = Path(__file__).parents[1]
STACK, PLACE = ROOT / ".local" / "stack.json", ROOT / "examples"
OWN_ACCOUNT = "test"  # the key of the stack's own account; another account's key is its number
DATABASE = "agency.sqlite"


def settle(stack: Stack, unit: str, folder: Path, **more: str | int) -> Path:
    """Write what the centre would tell the unit, and the unit's own key, into a folder; return the settings file."""
    key = stack["agency_keys"][unit]
    pem = folder / "key.pem"
    pem.touch(mode=0o600)
    pem.write_text(key["private_key"])
    said = {
        "unit": unit,
        "inbox": stack["agency_queues"][unit],
        "replies": stack["replies_queue"],
        "region": stack["region"],
        "endpoint": stack["endpoint_url"],
        "centre_keys": f"{stack['base_url']}/v1/exchange/keys",
        "kid": key["kid"],
        "private_key": pem.name,
        "database": DATABASE,
        "responsible_officer": "Đinh Thị Lan",
        "approving_leader": "Quách Công Sơn",
    }
    file = folder / "agency.toml"  # a string of JSON is one of TOML
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in (said | more).items()]
    file.write_text("".join(lines), "utf-8")
    return file


def start(stack: Stack, unit: str, settings: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the worker with the credentials of the unit's own account; it logs to a file."""
    with log.open("ab") as out:
        environ = _environ(stack, unit)
        return subprocess.Popen(_command(settings), cwd=PLACE, env=environ, stdout=out, stderr=out)  # noqa: S603 ours


def _command(settings: Path) -> list[str]:
    return [sys.executable, "-m", "agency", str(settings.resolve())]


def _environ(stack: Stack, unit: str) -> dict[str, str]:
    account = stack["agency_accounts"].get(unit, OWN_ACCOUNT)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return inherited | {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test"}


def main() -> None:
    """Work as an agency until Ctrl-C; what it has kept is in .local/agencies/<unit>."""
    parser = argparse.ArgumentParser(prog="make agency", description=__doc__)
    parser.add_argument("unit")
    parser.add_argument("--stack", type=Path, default=STACK, help="what make run wrote (.local/stack.json)")
    given = parser.parse_args()
    try:
        stack = json.loads(given.stack.read_text("utf-8"))
    except FileNotFoundError:
        sys.exit("make agency: no stack is running: start it with make run")
    if given.unit not in stack["agency_queues"]:
        sys.exit(f"make agency: UNIT is one of {', '.join(stack['agency_queues'])}")
    folder = given.stack.parent / "agencies" / given.unit
    folder.mkdir(parents=True, exist_ok=True)
    settings = settle(stack, given.unit, folder, wait_seconds=2)
    os.chdir(PLACE)
    os.execve(sys.executable, _command(settings), _environ(stack, given.unit))  # noqa: S606 ours; its signals are its own


if __name__ == "__main__":
    main()
