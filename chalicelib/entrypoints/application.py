"""The application: all modules of routes beside this file, or at a cold start those alone that one address needs.

A release holds addresses.json, which says which modules serve which address: a function then loads a module when
somebody first asks for something it serves. Without that file, as in a checkout, everything is loaded at once.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

from chalice.app import Chalice

from chalicelib.entrypoints import http

HERE = Path(__file__).parent
ADDRESSES = "addresses.json"
ROUTES = ("api_", "pages")  # how the name of a module begins that has `routes`
WORKERS = {"queues": "workers", "streams": "workers", "schedules": "timers", "petition_workers": "workers"}


class Application(Chalice):
    """Chalice, with blueprints that come when they are needed."""

    def __init__(self, folder: Path = HERE) -> None:
        super().__init__(app_name="tongdai")
        self.register_middleware(http.rim, "http")
        self._loaded: set[str] = set()
        held = folder / ADDRESSES
        self._addresses: dict[str, list[str]] = json.loads(held.read_bytes()) if held.exists() else {}
        if not self._addresses:
            self.serve_all()

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer a request; the modules that serve its address are loaded first."""
        self.serve(event.get("requestContext", {}).get("resourcePath", ""))
        return super().__call__(event, context)

    def serve(self, address: str) -> None:
        """Load what serves an address, as `/v1/cases/{code}`; an address nobody serves loads nothing."""
        for module in self._addresses.get(address, ()):
            self._load(module, "routes")

    def serve_all(self) -> None:
        """Load everything."""
        for module in sorted(file.stem for file in HERE.glob("*.py") if file.stem.startswith(ROUTES)):
            self._load(module, "routes")
        for module, blueprint in WORKERS.items():
            self._load(module, blueprint)

    def addresses(self) -> dict[str, list[str]]:
        """Say which modules serve which address, for a release to hold."""
        served: dict[str, set[str]] = {}
        for address, methods in self.routes.items():
            served[address] = {entry.view_function.__module__.rpartition(".")[2] for entry in methods.values()}
        return {address: sorted(modules) for address, modules in sorted(served.items())}

    def _load(self, module: str, blueprint: str) -> None:
        if module not in self._loaded:
            self._loaded.add(module)
            loaded = importlib.import_module(f"chalicelib.entrypoints.{module}")
            self.register_blueprint(getattr(loaded, blueprint))
