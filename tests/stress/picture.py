"""What the centre is in the end, for comparing: cases, counters, board, and who was told what how often."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from moto.backends import get_backend

from chalicelib.adapters.dynamo.petition_items import PetitionItem
from chalicelib.adapters.dynamo.tables import BoardItem, CaseItem, CentreItem, InboxItem
from chalicelib.domain.attachments import files_of
from chalicelib.domain.case import MATTER
from chalicelib.domain.events import DeliveryFailed, Recorded, SenderWrote
from chalicelib.domain.keeping_events import Anonymised
from chalicelib.usecases.verify_log import verify_log
from infra import directory
from tests.integration.deliveries import ACCOUNT, REGION, WORKERS
from tests.integration.uploads import kept
from tests.integration.world import World

RANDOM = ("chain", "body", "follow_at")  # made of salts; the case itself, compared beside it; when a worker saw it
GAUGES = ("now", "holders", "finished")
SORTED_BY_TIME = ("REJECTION", "DEAD_LETTER")
OF_A_TRY = (
    "id",
    "message",
    "at",
    "since",
    "died_at",
    "expires",
    "started_at",
    "finished_at",
    "failures",
    "deaths",
    "moved",
    "version",
    "recorded_at",
    "published_at",
)
EPOCH = datetime.fromtimestamp(0, UTC)
CODE = re.compile(r"(\d{4})-(\d{4})-(\d{4})")
Told = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Picture:
    """`told` counts letters (to, subject) and texts (number, words), `reminded` says who was reminded of which
    case; `delivered` counts the messages of agencies (unit, id, type), who drop an id that they have seen: `heard` is
    what these did. What a letter says of the time depends on when it is written: `words` is only counted.
    """

    cases: dict[str, Any]
    tallies: dict[str, Any]
    board: dict[str, Any]
    files: dict[str, bool]
    petitions: dict[str, Any]
    centre: dict[str, int]
    log_ins: dict[str, Any]
    told: Told
    words: Told
    reminded: dict[tuple[str, str], bool]
    delivered: Told
    heard: dict[tuple[str, str], Any]


def take(world: World, months: tuple[str, ...] = ("2026-11", "2026-12", *GAUGES)) -> Picture:
    """Look at everything; on the way, hold what must always be true."""
    heads = {item.pk: item.attribute_values for item in CaseItem.scan() if item.sk == "HEAD"}
    for code in heads:
        assert verify_log(code, world.deps) == ()
    assert [(name, letter) for name in (*WORKERS, "relay") for letter in world.dead_letters(name)] == []
    claimed = {item.pk for item in InboxItem.scan() if item.state == "claimed"}
    assert {key for key in claimed if not key.startswith("reminders-to#")} == set()  # these only keep others away
    messages = [(unit.id, one) for unit in directory.agencies("hoa_binh") for one in world.agency_inbox(unit.id)]
    mails = world.mails()
    return Picture(
        cases={code: (_known(world, code), _plain(head)) for code, head in heads.items()},
        tallies={month: world.deps.tallies.month(month) for month in months},
        board={item.pk: item.attribute_values for item in BoardItem.scan()},
        files=_kept(world, heads),
        petitions=_petitions(world),
        centre=_centre(),
        log_ins=_log_ins(),
        reminded={
            (mail["to"][0], "".join(code)): True
            for mail in mails
            if reminds(mail["subject"])
            for code in CODE.findall(mail["body"])
        },
        told=Counter([*((mail["to"][0], mail["subject"]) for mail in mails), *world.texts()]),
        words=Counter((mail["to"][0], mail["body"]) for mail in mails),
        delivered=Counter((unit, one["message_id"], one["type"]) for unit, one in messages),
        heard={(unit, one["message_id"]): one | {"sent_at": ""} for unit, one in messages},
    )


def reminds(subject: str) -> bool:
    """Tell whether a mail reminds the staff of cases."""
    return subject.startswith("Đôn đốc xử lý") or subject.endswith("đã trễ hạn")


def _kept(world: World, codes: Iterable[str]) -> dict[str, bool]:
    """Return what is kept: every file that an event names, and no other."""
    found = kept(world)
    histories = {code: world.deps.cases.dossier(code).history for code in codes}
    named = {
        code: () if MATTER in world.case(code).erased else files_of(history) for code, history in histories.items()
    }
    assert found == {f"cases/{code}/{one.id}" for code, files in named.items() for one, _ in files}
    return dict.fromkeys(found, True)


def _petitions(world: World) -> dict[str, Any]:
    """Return them as they stand; how often one was looked into is counted at each try, before anything is shown."""
    store = world.deps.petitions
    heads = [item.pk for item in PetitionItem.scan() if item.sk == "HEAD"]
    assert [code for code in heads if store.faults(code)] == []
    found = {code: replace(store.load(code).petition, opened=0, version=0) for code in heads}
    gone = {code for code, petition in found.items() if petition.erased_on}
    assert [item.sk for item in PetitionItem.scan() if item.pk in gone and item.sealed] == []
    return {code: (petition, code in gone or store.identity(code)) for code, petition in found.items()}


def _known(world: World, code: str) -> tuple[Any, ...]:
    dossier = world.deps.cases.dossier(code)
    was = dossier.case  # as of the letters below
    case = replace(was, phone_since=was.phone_since and EPOCH, erased_at=was.erased_at and EPOCH)
    items = sorted(item.sk for item in CaseItem.query(code))
    return case, dossier.sender, [_of_whenever(recorded) for recorded in dossier.history], items


def _of_whenever(recorded: Recorded) -> Recorded:
    """What a worker hears of or finds out has the time of its try, and it may try again later."""
    return (
        replace(recorded, at=EPOCH)
        if isinstance(recorded.event, DeliveryFailed | SenderWrote | Anonymised)
        else recorded
    )


def _plain(head: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in head.items() if name not in RANDOM}


def _centre() -> dict[str, int]:
    """Return the units, keys, changes, refusals, dead letters …: all but how far jobs have come."""
    rows = (item.attribute_values for item in CentreItem.scan() if item.pk != "WATERMARK")
    found = Counter(json.dumps(_timeless(row), sort_keys=True, default=str) for row in rows)
    # What is sent again at least once may die once more, and be two letters: the mark on it is only its sender's word.
    return {row: 1 if "DEAD_LETTER" in row else count for row, count in found.items()}


def _log_ins() -> dict[str, Any]:
    """Return who may log in, and the groups of each."""
    pools = get_backend("cognito-idp")[ACCOUNT][REGION].user_pools.values()
    users = [user for pool in pools for user in pool.users.values()]
    return {user.username: (user.enabled, sorted(group.group_name for group in user.groups)) for user in users}


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    body = json.loads(row.get("body") or "{}")
    if row["pk"] == "ACCOUNT":  # who asks once more for a first password has asked twice, and it says so
        body["history"] = list(dict.fromkeys(change["deed"] for change in body["history"]))
    if row["pk"] == "REPORT":  # its files are made of salted hashes, and known by what is in them
        body |= {"files": sorted(body["files"]), "as_of": "", "signed": bool(body["signed"])}
    if row["pk"].startswith("RECEPTION#"):  # of salts, as of cases; the words and the session stand beside them
        body = {name: value for name, value in body.items() if name not in ("chain", "digests", "salt")}
    timed = ("sk", "history") if row["pk"].startswith(SORTED_BY_TIME) else ()
    if row["sk"].startswith("OPINION#"):  # by chance, so that nothing leads from it to a case
        timed = ("sk",)
    return {name: value for name, value in (row | body).items() if name not in (*OF_A_TRY, *timed, "body")}
