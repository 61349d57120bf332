"""Learn what is due to be learned; what fails keeps nothing else from being learned, and is tried again in an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from chalicelib.domain.errors import ConflictError
from chalicelib.ports import Deps
from chalicelib.usecases.find_bottlenecks import find_bottlenecks
from chalicelib.usecases.forecast_inflow import forecast_inflow
from chalicelib.usecases.keep_sketches import keep_sketches
from chalicelib.usecases.read_past import Each
from chalicelib.usecases.train_triage import train_triage


@dataclass
class LearnRun:
    """What was published, by name and number of the version, and what failed."""

    published: dict[str, int] = field(default_factory=dict)
    failed: list[tuple[str, Exception]] = field(default_factory=list)


def learn(deps: Deps, *, each: Each = map) -> LearnRun:
    """Do all of it, the quickest first; a version that somebody else published meanwhile is as good."""
    run = LearnRun()
    steps: dict[str, Callable[[], int]] = {
        "forecast": lambda: forecast_inflow(deps),
        "sketches": lambda: keep_sketches(deps, each=each),
        "findings": lambda: find_bottlenecks(deps, each=each),
        "triage": lambda: train_triage(deps, each=each),
    }
    for name, step in steps.items():
        try:
            if number := step():
                run.published[name] = number
        except ConflictError:
            continue
        except Exception as error:  # noqa: BLE001 one that fails must not keep the others from being learned
            run.failed.append((name, error))
    return run
