"""What the centre is in the end, for comparing: cases, counters, board, and who was told what how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.adapters.dynamo.tables import BoardItem, CaseItem, InboxItem
from chalicelib.domain.attachments import files_of
from chalicelib.usecases.verify_log import verify_log
from infra import directory
from tests.integration.deliveries import WORKERS
from tests.integration.uploads import kept
from tests.integration.world import World

RANDOM = ("chain",)  # made of salts
GAUGES = ("now", "holders", "finished")


@dataclass(frozen=True)
class Picture:
    """`files` are those of the cases.

    `told` counts letters (to, subject), texts (number, words) and messages (unit, id, type).
    """

    cases: dict[str, Any]
    tallies: dict[str, Any]
    board: dict[str, Any]
    files: set[str]
    told: Counter[tuple[str, ...]]


def take(world: World, months: tuple[str, ...] = ("2026-11", "2026-12", *GAUGES)) -> Picture:
    """Look at everything; on the way, hold what must always be true."""
    heads = {item.pk: item.attribute_values for item in CaseItem.scan() if item.sk == "HEAD"}
    for code in heads:
        assert verify_log(code, world.deps) == ()
    assert [(name, letter) for name in (*WORKERS, "relay") for letter in world.dead_letters(name)] == []
    claimed = {item.pk for item in InboxItem.scan() if item.state == "claimed"}
    assert {key for key in claimed if not key.startswith("reminders-to#")} == set()  # these only keep others away
    return Picture(
        cases={code: (_known(world, code), _plain(head)) for code, head in heads.items()},
        tallies={month: world.deps.tallies.month(month) for month in months},
        files=_kept(world, heads),
        board={item.pk: item.attribute_values for item in BoardItem.scan()},
        told=_told(world),
    )


def _kept(world: World, codes: Iterable[str]) -> set[str]:
    """Return what is kept: every file that an event names, and no other."""
    found = kept(world)
    histories = {code: world.deps.cases.dossier(code).history for code in codes}
    assert found == {f"cases/{code}/{one.id}" for code, history in histories.items() for one, _ in files_of(history)}
    return found


def _told(world: World) -> Counter[tuple[str, ...]]:
    told: Counter[tuple[str, ...]] = Counter((mail["to"][0], mail["subject"]) for mail in world.mails())
    told.update(world.texts())
    for unit in directory.agencies("hoa_binh"):
        told.update((unit.id, one["message_id"], one["type"]) for one in world.agency_inbox(unit.id))
    return told


def _known(world: World, code: str) -> tuple[Any, ...]:
    dossier = world.deps.cases.dossier(code)
    return dossier.case, dossier.sender, dossier.history


def _plain(head: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in head.items() if name not in RANDOM}
