"""`make run`: start everything here, show where, stay until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from infra.accounts import VIETNAMESE
from infra.cloudformation import DeployError
from infra.directory import REGULATIONS
from infra.local_stack import DEFAULT, LocalStack
from infra.ministack import StackError
from infra.wheels import PackageError

FOLDER = Path(__file__).parent.parent / ".local"
PORT, STACK_PORT = 8022, 4722


def show(description: dict[str, Any]) -> None:
    """Print addresses and log-ins."""
    print(f"\n  Tổng Đài      {description['base_url']}   described at {description['base_url']}/openapi.json")
    print(f"  AWS services  {description['endpoint_url']}   region {description['region']}, any key 'test'")
    print(f"  This page     {description['folder']}/stack.json\n")
    print(f"  {'username':32} {'password':22} {'role':14} {'vai trò':20} unit")
    for user in description["users"]:
        role = user["role"]
        print(f"  {user['username']:32} {user['password']:22} {role:14} {VIETNAMESE[role]:20} {user['unit']}")
    print("\n  Ctrl-C stops it and keeps the data; FRESH=1 make run starts empty.\n", flush=True)


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:  # noqa: PLR2004 - ports
        raise StackError(f"{name}={text} is not a port number (1 to 65535)")
    return int(text)


def folder_of(regulation: str) -> Path:
    """Return where a centre is kept on this machine."""
    return FOLDER if regulation == DEFAULT else FOLDER / regulation


def _regulation() -> str:
    name = os.environ.get("REGULATION") or DEFAULT
    known = sorted(path.name.removesuffix(".directory.yaml") for path in REGULATIONS.glob("*.directory.yaml"))
    if name not in known:
        raise StackError(f"REGULATION={name} is none of {', '.join(known)}")
    return name


def run() -> None:
    """Start, show, wait, stop."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    fresh = os.environ.get("FRESH") == "1"
    began = time.monotonic()
    regulation = _regulation()
    ports = _number("PORT", PORT), _number("STACK_PORT", STACK_PORT)
    with LocalStack(folder_of(regulation), *ports, regulation=regulation, fresh=fresh) as stack:
        show(stack.description)
        print(f"  Ready in {time.monotonic() - began:.1f} s.", flush=True)
        while not stopped.wait(timeout=1):
            if not stack.alive():
                raise StackError("MiniStack has died: its last words are in .local/ministack.log")
        print("  Stopping, the state is being written ...", flush=True)


def main() -> None:
    """Run; what went wrong is one line."""
    try:
        run()
    except (StackError, PackageError) as error:
        sys.exit(f"make run: {error}")
    except DeployError as error:
        sys.exit(f"make run: {error} (FRESH=1 make run starts empty)")


if __name__ == "__main__":
    main()
