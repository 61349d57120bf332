"""Let one AWS call of one handler fail, before or after it took effect, in two ways: the process dies, or the line.

The calls are not listed anywhere: whatever client is made of the session is heard. Where one shall fail, the process
parts in two: in the copy it fails, and there the story goes on to its end; here it goes on as if nothing had been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from tests.stress.processes import Branches
from tests.stress.rights import Right, rights_of

HOW = ("dies before", "dies after", "line breaks before", "line breaks after")
OUTSIDE = ("sesv2.SendEmail", "sns.Publish", "sqs.SendMessage agency")  # effects outside the store
LOOKS = ("Get", "Query", "BatchGet", "TransactGet", "Head", "Describe", "List", "Sign", "Verify", "Decrypt")
REFUSAL = SimpleNamespace(status_code=400), {"Error": {"Code": "MessageRejected", "Message": ""}}  # an answer
Plan = Mapping[int, Sequence[str]]  # the number of a call: the ways in which it fails
WHERE = "https://aws.test"


class DiedError(BaseException):
    """The process is gone: no handler of ours may catch this."""


@dataclass(frozen=True, slots=True)
class Call:
    """One AWS call: whose, on what occasion, the calls of the same invocation up to it, and what it must be granted."""

    number: int
    handler: str
    occasion: str
    steps: tuple[str, ...]
    rights: tuple[Right, ...]
    cut_off: bool = False  # by the story itself: it never takes effect

    @property
    def name(self) -> str:
        return self.steps[-1]

    @property
    def place(self) -> tuple[Any, ...]:
        """After the same calls, repeats left out, it is the same place of the program."""
        return self.handler, self.occasion, tuple(key for key, _ in groupby(self.steps))

    @property
    def looks(self) -> bool:
        """True when it changes nothing, so that before it and after it are the same."""
        return looks(self.name)

    @property
    def ways(self) -> tuple[str, ...]:
        """In how many ways it can fail."""
        return HOW[::2] if self.looks else HOW

    def in_the_window(self, how: str) -> bool:
        """True where somebody was told and nothing that tells of it has been written: it may be told again."""
        done = self.steps if how.endswith("after") else self.steps[:-1]
        effects = [step for step in done if not looks(step)]
        return bool(effects) and effects[-1] in OUTSIDE


class Saboteur:
    """Hangs on the session; records every call of a handler, and spoils those of a plan, each in a copy."""

    def __init__(self, session: Any) -> None:
        self.calls: list[Call] = []
        self.fails: Callable[[str], bool] | None = None  # names of calls, for as long as it is set
        self.failed: Counter[str] = Counter()
        self.refused: set[str] = set()  # addresses and numbers that SES and SNS will not have
        self.occasions: set[str] = set()
        self.struck: tuple[Call, str] | None = None
        self._plan: Plan = {}
        self._branches: Branches | None = None
        self._handler, self._occasion, self._steps = "", "", [""]
        self._asked: Any = {}
        self._process: Any = None
        session.register("before-parameter-build", self._asks)
        session.register("before-call", self._before)
        session.register("after-call", self._after)

    def begin(self, plan: Plan | None = None, branches: Branches | None = None) -> None:
        """Start counting anew; the calls of these numbers will fail, in these ways."""
        self.calls, self._plan, self._branches = [], plan or {}, branches
        self.refused, self.occasions, self.fails, self.failed = set(), set(), None, Counter()

    @contextmanager
    def watching(self, handler: str, occasion: str = "") -> Iterator[None]:
        """Everything that is called inside belongs to a handler."""
        self._handler, self._occasion, self._steps, self._process = handler, occasion, [], None
        self.occasions.add(occasion)
        try:
            yield
        finally:
            self._handler = ""

    def process(self, make: Callable[[], Any]) -> Any:
        """Return what the present invocation keeps in its process."""
        self._process = self._process or make()
        return self._process

    def _asks(self, params: Any, **_: Any) -> None:
        self._asked = params

    def _before(self, model: Any, **_: Any) -> Any:
        if not self._handler:
            return None
        rights = rights_of(model, self._asked)
        self._steps.append(f"{model.service_model.service_name}.{model.name} {rights[0].about}".strip())
        cut_off = bool(self.fails and self.fails(self._steps[-1]))
        self.calls.append(Call(len(self.calls), self._handler, self._occasion, tuple(self._steps), rights, cut_off))
        self._strike("before")
        if cut_off:
            self.failed[self.calls[-1].name] += 1
            raise _failure("line breaks before")
        to = {self._asked.get("PhoneNumber", ""), *self._asked.get("Destination", {}).get("ToAddresses", ())}
        return REFUSAL if self.refused & to else None

    def _after(self, **_: Any) -> None:
        if self._handler:
            self._strike("after")

    def _strike(self, when: str) -> None:
        for how in self._plan.get(len(self.calls) - 1, ()):
            if how.endswith(when) and self._branches and self._branches.split():
                self.struck, self._plan = (self.calls[-1], how), {}
                raise _failure(how)


def looks(step: str) -> bool:
    """Tell whether a call changes nothing."""
    return step.partition(".")[2].startswith(LOOKS)


def _failure(how: str) -> BaseException:
    if how.startswith("dies"):
        return DiedError()
    broken = ConnectionClosedError if how.endswith("before") else ReadTimeoutError
    return broken(endpoint_url=WHERE)
