"""What the clock does: lateness, reminders, digests, deadlines that move, an SMS that waits for the morning."""

from __future__ import annotations

from tests.integration.desk import at_desk
from tests.integration.world import ADMIN, ANSWER, LEADER, OFFICER, OPERATOR, SENDER
from tests.stress.centre import Centre
from tests.stress.stories.telling import BY_SMS, UNIT, come_back, send

CHANGES = "/v1/desk/calendar/changes"


def late(centre: Centre) -> None:
    """Cases that become late or wait, at a unit told by mail and at one told by queue; ladder and digest."""
    slow = send(centre, 3, sender=BY_SMS)["code"]
    centre.act(slow, "forward", OPERATOR, {"unit": "so_y_te"})
    centre.act(slow, "forward-to-agency", "officer:so_y_te:mc01")
    slower = send(centre, 4)["code"]
    centre.act(slower, "forward", OPERATOR, {"unit": UNIT})
    centre.act(slower, "forward-to-agency", OFFICER)
    send(centre, 5, title="Đơn khiếu nại về đất đai")
    centre.settle()
    centre.sweep("2026-11-25 09:31")
    centre.sweep("2026-11-25 14:00")
    centre.at("2026-11-26 07:15")
    centre.cut_off("digest", "dynamodb.UpdateItem centre")  # its mails are out, and it does not know that it is done
    for _ in range(2):  # the scheduler may start it twice
        centre.timer("digest")
    centre.settle()


def rescheduled(centre: Centre) -> None:
    """A day off announced under two cases, one of which it moves."""
    slow, _ = send(centre, 6)["code"], send(centre, 7)
    centre.act(slow, "forward", OPERATOR, {"unit": UNIT})
    centre.act(slow, "forward-to-agency", OFFICER)
    centre.settle()
    centre.at("2026-11-23 10:00")
    storm = {"kind": "day_off", "dates": ["2026-11-25"], "reason": "Nghỉ tránh bão"}
    centre.ask("POST", CHANGES, storm, ADMIN)
    for minute in ("10", "30"):  # the second is after the calendar has settled
        centre.at(f"2026-11-23 10:{minute}")
        centre.timer("retime")
    centre.settle()


def too_late_announced(centre: Centre) -> None:
    """A day off announced when a case had become late on it: leadership corrects; another change is withdrawn."""
    code = send(centre, 20)["code"]
    centre.act(code, "forward", OPERATOR, {"unit": UNIT})
    centre.settle()
    centre.sweep("2026-11-23 16:01")
    centre.at("2026-11-25 08:00")
    day_off = {"kind": "day_off", "dates": ["2026-11-23"], "reason": "Nghỉ bù, thông báo muộn"}
    centre.ask("POST", CHANGES, day_off, ADMIN)
    other = centre.ask("POST", CHANGES, day_off | {"dates": ["2026-12-01"]}, ADMIN)
    centre.ask("POST", f"{CHANGES}/{other['number']}/withdraw", {"reason": "Không nghỉ nữa"}, ADMIN)
    for minute in ("08:10", "08:30"):
        centre.at(minute)
        centre.timer("retime")
    centre.act(code, "correct-late", LEADER, {"reason": "Ngày 23/11 là ngày nghỉ", "leader": "Lê Thị Minh"})
    centre.settle()


def reminded(centre: Centre) -> None:
    """Two cases of one unit and one of another become late: a list and a letter, to holder and leader each."""
    for number, unit in ((21, UNIT), (22, UNIT), (23, "so_y_te")):
        centre.act(send(centre, number)["code"], "forward", OPERATOR, {"unit": unit})
    centre.settle()
    centre.sweep("2026-11-23 15:59")
    centre.sweep("2026-11-23 16:05")
    for minute in ("16:25", "16:26", "16:42", "16:43", "16:59"):  # the pause is a quarter of an hour
        centre.at(minute)
        centre.timer("remind")


def at_night(centre: Centre) -> None:
    """Two citizens with a telephone only, after nine in the evening: both SMS of each wait, and go at seven.

    One of them has had SMS stopped, another's mail came back.
    """
    centre.at("2026-11-23 21:30")
    centre.saboteur.refused.add("+84987654321")
    senders = (BY_SMS, BY_SMS | {"phone": "0987 654 321"}, SENDER)
    codes = [send(centre, 24 + place, sender=sender)["code"] for place, sender in enumerate(senders)]
    centre.settle()
    come_back(centre, "ses_bounce", codes[-1], "m1")
    centre.at("22:00")
    for code in codes:
        centre.act(code, "answer", OPERATOR, ANSWER)
    records = centre.world.stream()
    centre.relay(records)
    centre.settle()
    centre.relay(records)
    centre.settle()
    for minute in ("2026-11-24 07:00", "2026-11-24 07:02", "2026-11-24 07:04"):
        centre.at(minute)
        centre.timer("remind")


def learned(centre: Centre) -> None:
    """The hour's learning, cut off between a file and its row; then whoever may looks at what was learned."""
    code = send(centre, 40)["code"]
    centre.settle()
    centre.at("2026-11-24 05:00")
    centre.cut_off("learn", "dynamodb.PutItem centre")
    for _ in range(2):  # the scheduler may start it twice
        centre.timer("learn")
    centre.at("2026-11-24 05:06")
    for place in (f"cases/{code}/suggestions", "bottlenecks", "forecast"):
        centre.ask("GET", f"/v1/desk/{place}", token=OPERATOR)
    centre.browse("/ban-lam-viec/du-bao", cookie=at_desk(centre.world, LEADER).cookie)
    centre.at("2026-11-30 07:15")
    centre.timer("digest")  # the week's letter names the bottlenecks
    centre.settle()
