"""What every route has, whatever it speaks: an address, whom it lets in, one line in the log, no outcome but an answer.

Chalice stays at the rim: it routes, everything else happens here (its own errors, decoding and serialising have other
shapes). `http.Endpoint` speaks JSON to programs, `pages.Page` HTML to people.
"""

from __future__ import annotations

import functools
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, TypeVar

import msgspec
from chalice.app import Blueprint, Response
from chalice.app import Request as HttpRequest

from chalicelib import observability
from chalicelib.domain.actors import SENDER
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import decoding, identity
from chalicelib.entrypoints.identity import PUBLIC, WHOEVER_LOGS_IN, Admitted

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Route(ABC):
    """A decorator of views. Path values come to them as keyword arguments and are checked against their annotations
    (404 when they cannot be).
    """

    KIND: ClassVar[str]  # the attribute of the registered view that holds the route: structural tests and OpenAPI look

    blueprint: Blueprint
    method: str
    path: str
    _: KW_ONLY
    allow: AbstractSet[str]

    def __post_init__(self) -> None:
        if not self.allow or not (self.allow == PUBLIC or self.allow <= WHOEVER_LOGS_IN):
            raise ValueError(f"{self.route}: allow is PUBLIC or some of {sorted(WHOEVER_LOGS_IN)}")

    @property
    def route(self) -> str:
        """Name the route as the log does, e.g. `GET /v1/cases/{code}`."""
        return f"{self.method} {self.path}"

    def __call__(self, view: View) -> View:
        """Register the view with Chalice and give it back unchanged, so that tests may call it."""
        types = decoding.path_types(view, self.path)

        @functools.wraps(view)
        def guarded(**raw: str) -> Response:
            return self._guard(view, types, raw)

        guarded.__dict__.update({self.KIND: self, "allow": frozenset(self.allow), "path_types": types})
        # Any media type passes Chalice, whose own 415 has another shape; decoding refuses what is not the route's.
        self.blueprint.route(self.path, methods=[self.method], content_types=["*/*"])(guarded)
        return view

    def _guard(self, view: View, types: Mapping[str, Any], raw: Mapping[str, str]) -> Response:
        """Turn every outcome into a response here: Chalice swallows exceptions before any middleware sees them."""
        started = time.perf_counter()
        http = self.blueprint.current_request
        admitted = None
        try:
            admitted = Admitted(SENDER) if self.allow == PUBLIC else self._admit(http)
            identity.require_role(admitted.actor, self.allow)
            response = self._answer(view, http, admitted, decoding.path_values(raw, types))
        except DomainError as error:
            response = self._refusal(error, http, admitted)
        except Exception as error:  # noqa: BLE001 the rim: nothing may pass
            response = self._failure(error, http)
        spent, role = round((time.perf_counter() - started) * 1000, 1), admitted.actor.role if admitted else ""
        observability.log(
            "request", route=self.route, status=response.status_code, ms=spent, role=role, request_id=request_id(http)
        )
        return response

    @abstractmethod
    def _admit(self, http: HttpRequest) -> Admitted:
        """Say which member of the staff asks."""

    @abstractmethod
    def _answer(self, view: View, http: HttpRequest, admitted: Admitted, values: Mapping[str, Any]) -> Response:
        """Call the view and say what it returned."""

    @abstractmethod
    def _refusal(self, error: DomainError, http: HttpRequest, admitted: Admitted | None) -> Response:
        """Say what was refused."""

    @abstractmethod
    def _failure(self, error: Exception, http: HttpRequest) -> Response:
        """Log what nobody foresaw and tell the caller nothing of it but the request's id."""

    def _require_strict(self, *kinds: type[msgspec.Struct] | None) -> None:
        loose = [kind for kind in kinds if kind and not kind.__struct_config__.forbid_unknown_fields]
        if loose:
            raise ValueError(f"{self.route}: {loose} must forbid unknown fields")


def request_id(http: HttpRequest) -> str:
    """Return the id by which the log names a request."""
    assert http.lambda_context is not None
    return str(http.lambda_context.aws_request_id)
