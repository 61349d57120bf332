"""An hour of bad weather in a day of the centre: what fails, who is kept away, what an administrator does after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.errors import DomainError
from chalicelib.usecases import collect_dead_letters
from chalicelib.usecases.reach_sender import reply_address
from tests.integration.cloud import make_queue
from tests.integration.deliveries import WORKERS
from tests.integration.test_mails import Post, mail
from tests.integration.world import ADMIN, ANSWER, LEADER, OFFICER, OPERATOR, SENDER
from tests.stress.centre import Centre
from tests.stress.picture import Told, reminds
from tests.stress.sabotage import looks
from tests.stress.stage import Stage
from tests.stress.stories.telling import BY_SMS, UNIT, send
from tests.stress.stories.trouble import LETTERS, NOBODYS
from tests.stress.trial import differences

TIMERS = ("sweep", "remind", "retime", "recover", "collect")
STEP = 3  # minutes: after so many a message that failed is back
BEGINS, ENDS, EVENING = 15 * 60 + 30, 16 * 60 + 30, 17 * 60 + 30
LOOKS = (ENDS + 6, ENDS + 36)  # when an administrator sees to the dead letters
SENDERS, DESK, AGENCIES, WRITERS, SWEEP = "senders", "desk", "agencies", "writers", "sweep"
POLLS = "sqs.ReceiveMessage"  # Lambda, for our workers: it has the same weather


@dataclass(frozen=True, slots=True)
class Weathered:
    """What the hour did. Of reminders, which may go together, it counts who is reminded of what."""

    failed: int  # calls
    died: int  # messages
    told: int
    lost: Told
    twice: Told
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weather:
    """Calls that fail, by their name, and what is done at the beginning and the end; `bars` says who is kept away.

    Who is barred comes when it is over: the centre must end as if they had come only then, in fair weather.
    """

    name: str
    fails: Callable[[str], bool] = lambda _: False
    bars: frozenset[str] = frozenset()
    begins: Callable[[Centre], None] = lambda _: None
    ends: Callable[[Centre], None] = lambda _: None
    poison: bool = False


FAIR = Weather("fair")


def live(weather: Weather) -> Weathered:
    """Live a day in fair weather and in another, and compare."""
    collect_dead_letters.BATCHES = 1  # what is not deleted comes again at once, also in the same run
    stage = Stage()
    fair = stage.play(lambda centre: day(centre, FAIR, weather.bars))
    foul = stage.play(lambda centre: day(centre, weather, weather.bars))
    died = {row: n for row, n in foul.centre.items() if '"DEAD_LETTER_SETTLED"' in row}
    fair_told, foul_told = ({what: n for what, n in one.told.items() if not reminds(what[1])} for one in (fair, foul))
    return Weathered(
        failed=stage.saboteur.failed.total(),
        died=len(died),
        told=foul.told.total() + foul.delivered.total(),
        lost=Counter(fair_told) - Counter(foul_told) + (fair.delivered - foul.delivered),
        twice=Counter(foul_told) - Counter(fair_told) + (foul.delivered - fair.delivered),
        otherwise=tuple(one for one in differences(fair, foul) if one.removeprefix("centre ") not in died),
    )


def day(centre: Centre, weather: Weather, bars: frozenset[str]) -> None:
    """Live from 09:00 to 17:30: cases come before the hour, in it and after it, are answered, forwarded, late.

    And the next office morning, for reminders that were put off when the office closed.
    """
    centre.at_once = 10
    codes = [send(centre, 60 + place, sender=sender)["code"] for place, sender in enumerate((SENDER, BY_SMS, SENDER))]
    for code in codes[1:]:
        centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.act(codes[2], "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("15:29")
    codes.append(send(centre, 63)["code"])  # its message is on the way when the weather comes
    deeds = _deeds(centre, codes[2], codes[3])
    for minute in range(BEGINS, EVENING, STEP):
        centre.at(f"{minute // 60:02}:{minute % 60:02}")
        _change(centre, weather, minute)
        for deed in deeds:
            _do(deed, minute, centre, weather, bars)
        if minute in LOOKS:
            _see_to_letters(centre, weather)
        _beat(centre, bars if minute < ENDS else frozenset())
    for minute in range(0, 60, STEP):
        centre.at(f"2026-11-25 08:{minute:02}")
        _beat(centre)
    centre.settle()
    assert _standing(centre) == []


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody wants to do, and when."""

    minute: int
    who: str
    what: Callable[[], Any]


def _deeds(centre: Centre, assigned: str, new: str) -> list[Deed]:
    accepted = {"version": "1", "unit": UNIT, "case": assigned, "message_id": "m1", "type": "accepted"}
    to, post = reply_address(assigned, centre.world.deps), Post(centre.world)
    wrong = accepted | {"message_id": "m2", "priority": 1}
    return [
        Deed(BEGINS + 6, SENDERS, lambda: send(centre, 64)),
        Deed(BEGINS + 9, DESK, lambda: centre.act(new, "answer", OPERATOR, ANSWER)),
        Deed(BEGINS + 12, AGENCIES, lambda: centre.world.reply(accepted)),
        Deed(BEGINS + 15, SENDERS, lambda: send(centre, 65, sender=BY_SMS)),
        Deed(BEGINS + 18, AGENCIES, lambda: centre.world.reply(wrong)),
        Deed(BEGINS + 21, WRITERS, lambda: centre.world.post("mails", post.put(mail(to, "Xin hỏi."), to)["Body"])),
        Deed(ENDS + 9, SENDERS, lambda: send(centre, 66)),
        Deed(ENDS + 12, DESK, lambda: centre.act(new, "publication", OPERATOR)),
        Deed(ENDS + 15, DESK, lambda: centre.act(new, "publication/approve", LEADER)),
    ]


def _do(deed: Deed, minute: int, centre: Centre, weather: Weather, bars: frozenset[str]) -> None:
    barred = deed.who in bars and deed.minute < ENDS
    if minute == deed.minute and barred and deed.who in weather.bars & {SENDERS, DESK}:
        centre.in_vain(deed.what)
    if minute == deed.minute + (ENDS - BEGINS if barred else 0):
        deed.what()


def _change(centre: Centre, weather: Weather, minute: int) -> None:
    if minute == BEGINS:
        weather.begins(centre)
        centre.saboteur.fails = weather.fails
    if minute == ENDS:
        weather.ends(centre)
        centre.saboteur.fails = None
    if weather.poison and BEGINS <= minute < ENDS:
        for queue in WORKERS:
            centre.world.post(queue, NOBODYS)


def _beat(centre: Centre, resting: frozenset[str] = frozenset()) -> None:
    """Let three minutes pass: everything runs once, and what fails is for the next time."""
    fails = centre.saboteur.fails
    centre.relay(centre.world.stream())
    if not (fails and fails(POLLS)):
        for name in WORKERS:
            centre.work(name)
    for name in TIMERS:
        if name not in resting:
            with suppress(DomainError):
                centre.tick(name)


def _see_to_letters(centre: Centre, weather: Weather) -> None:
    for letter in _standing(centre):
        path = f"{LETTERS}/{letter['id']}"
        if weather.poison:
            centre.ask("POST", f"{path}/close", {"note": "Không của ai."}, ADMIN)
        else:
            centre.ask("POST", f"{path}/redrive", {}, ADMIN)


def _standing(centre: Centre) -> Any:
    return centre.ask("GET", f"{LETTERS}?limit=100", token=ADMIN)["letters"]


def _queue_gone(centre: Centre) -> None:
    """Delete the agency's queue; what lay in it the agency has taken."""
    url, sqs = _agency(centre), centre.world.cloud("sqs")
    while messages := centre.world.receive(url):
        for message in messages:
            centre.taken.append(message)
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    sqs.delete_queue(QueueUrl=url)


def _queue_back(centre: Centre) -> None:
    make_queue(centre.world.cloud, f"agency-{UNIT}")
    sqs = centre.world.cloud("sqs")
    for one in centre.taken:
        sqs.send_message(QueueUrl=_agency(centre), MessageBody=one["Body"], MessageAttributes=one["MessageAttributes"])


def _agency(centre: Centre) -> str:
    return f"{centre.world.deps.settings.agency_queue_prefix}{UNIT}"


def _of(*services: str) -> Callable[[str], bool]:
    return lambda call: call.startswith(services)


def _writes(call: str) -> bool:
    return call.startswith("dynamodb.") and not looks(call)


WEATHERS = (
    Weather("poisoned messages among good ones", poison=True),
    Weather("an agency's queue is gone", begins=_queue_gone, ends=_queue_back),
    Weather("no SES", _of("sesv2.")),
    Weather("no SNS", _of("sns.")),
    Weather("no SQS", _of("sqs."), frozenset({AGENCIES})),
    Weather("no writing to DynamoDB", _writes, frozenset({SENDERS, DESK, AGENCIES, SWEEP})),
    Weather("no DynamoDB", _of("dynamodb."), frozenset({SENDERS, DESK, AGENCIES, SWEEP})),
    Weather("no S3", _of("s3.")),
    Weather("no KMS", _of("kms.")),
    Weather("no secrets", _of("secretsmanager."), frozenset({SENDERS})),
)
