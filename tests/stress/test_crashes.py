"""Whatever AWS call of whatever function fails, before or after it took effect: all comes right again, and only in one
window is anybody told twice (docs/exactly-once.md). A sample of the failures by the seed; STRESS_ALL=1 tries each.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

import pytest

from app import app
from infra.functions import FUNCTIONS, Function
from tests.stress.processes import apart
from tests.stress.rights import Right, granted, not_called_by_us
from tests.stress.sabotage import Call
from tests.stress.stage import Story
from tests.stress.stories import STORIES
from tests.stress.table import Table
from tests.stress.trial import calls_of, tried

pytestmark = pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
SAMPLE = 16  # failures of a story
NOT_IN_A_STORY = {
    "POST /v1/sessions": "Cognito keeps the sessions: nothing of ours is written",
    "POST /v1/sessions/challenge": "same",
    "POST /v1/sessions/refresh": "same",
    "DELETE /v1/sessions": "same",
    "GET /v1/points/nearest": "files of the release and the calendar, as GET /lien-he",
    "GET /static/{name}": "a file of the release: AWS is not asked",
    "GET /ban-lam-viec/ho-so/{code}/tep/{file}": "as GET /v1/desk/cases/{code}/attachments/{file}",
    "POST /theo-doi/{code}/cho-tep": "as POST /v1/cases/{code}/uploads",
    "POST /ban-lam-viec/tiep-nhan/goi-y": "as POST /v1/desk/routing/try: nothing is written",
    "GET /ban-lam-viec": "as the sessions: the log-in and what stands around the desk's pages",
    "GET /ban-lam-viec/tro-giup": "same: words, and the regulation file",
    "GET /ban-lam-viec/tro-giup/phim-tat": "same",
    "GET /ban-lam-viec/tro-giup/ngay-dau": "same",
    "GET /ban-lam-viec/dang-nhap": "same",
    "POST /ban-lam-viec/dang-nhap": "same",
    "POST /ban-lam-viec/dang-nhap/buoc-tiep": "same",
    "POST /ban-lam-viec/dang-nhap/xac-thuc-hai-buoc": "same",
    "GET /ban-lam-viec/tai-khoan": "same",
    "POST /ban-lam-viec/tai-khoan/dang-xuat": "same",
    "POST /ban-lam-viec/tai-khoan/dang-xuat-moi-noi": "same",
} | {  # where forms are answered, opened anew: the page that they stand on
    f"GET {page}/{form}": f"as GET {page}"
    for page, forms in {
        "/danh-gia/{token}": ("xem-xet-lai",),
        "/theo-doi/{code}": ("mo", "vao", "dong", "bo-sung", "danh-gia", "xem-xet-lai"),
        "/ho-so-cua-toi": ("ma", "mo", "dong"),
        "/ho-so-cua-toi/du-lieu": ("yeu-cau",),
        "/tra-loi/{token}": (
            *("nhan", "ket-qua", "bo-sung", "hen-lai", "khong-thuoc-tham-quyen", "da-thuc-hien"),
            *("y-kien", "khong-co-y-kien"),
        ),
    }.items()
    for form in forms
}
SEEN_AS_ABSENT = {
    Right("ListBucket", f"bucket/{name}"): "never called: with it S3 answers 404 for what is not there"
    for name in ("files", "mails", "reports")
}
# Forms of the desk's pages over use cases that are routes of the API too, which stories take.
OF_THE_DESK = (
    "POST /ban-lam-viec/ho-so/{code}/",
    "POST /ban-lam-viec/khao-sat/",
    "POST /ban-lam-viec/quan-tri/",
    "POST /ban-lam-viec/thu-den/",
    "POST /ban-lam-viec/quyen-du-lieu/",
    "POST /ban-lam-viec/khieu-nai-to-cao/",
    "POST /ban-lam-viec/bao-cao/",
    "POST /ban-lam-viec/y-kien/",
)
NOT_EXERCISED: dict[str, dict[Right, str]] = {  # of a function: what it may do and no story makes it do, and why
    "api_handler": SEEN_AS_ABSENT
    | {
        Right("PutObject", "bucket/files/waiting"): "done by whoever has the pre-signed URL, in the function's name",
        Right("InvokeModel", "model"): "no model is set; unit/test_rewording.py has the port's failures",
    },
    "replies": SEEN_AS_ABSENT,
    "mails": SEEN_AS_ABSENT,
    "reports": SEEN_AS_ABSENT,
}


@pytest.fixture(scope="module")
def undisturbed() -> dict[Story, tuple[list[Call], set[str]]]:
    """What each story calls when nothing fails, and the routes it takes."""
    return {story: apart(lambda story=story: calls_of(story)) for story in STORIES}


@pytest.fixture(scope="module")
def places(undisturbed: dict[Story, tuple[list[Call], set[str]]]) -> dict[Story, list[Call]]:
    """The first call of each place, in the first story that comes there; one that a story cuts off cannot be tried."""
    found: dict[object, tuple[Story, Call]] = {}
    for story, (calls, _) in undisturbed.items():
        for call in (one for one in calls if not one.cut_off):
            found.setdefault(call.place, (story, call))
    return {story: [call for where, call in found.values() if where is story] for story in STORIES}


@pytest.fixture(scope="module")
def table(say: Callable[[str], None]) -> Iterator[Table]:
    """The harness' table, shown in the end."""
    made = Table()
    yield made
    for line in made.lines():
        say(line)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_call_may_fail(story: Story, places: dict[Story, list[Call]], seed: int, table: Table) -> None:
    every = [(call.number, how) for call in places[story] for how in call.ways]
    chosen = every if os.environ.get("STRESS_ALL") else random.Random(seed).sample(every, min(SAMPLE, len(every)))
    plan: dict[int, list[str]] = {}
    for number, how in chosen:
        plan.setdefault(number, []).append(how)
    verdicts = apart(lambda: tried(story, plan))
    assert len(verdicts) == len(chosen)
    table.add(places[story], verdicts)
    assert [str(one) for one in verdicts if not one.right] == []


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_a_function_does_in_some_story_all_that_it_may(
    function: Function, undisturbed: dict[Story, tuple[list[Call], set[str]]]
) -> None:
    """And nothing else: what it is granted is what it does, but for what Lambda does in its name."""
    calls = [call for made, _ in undisturbed.values() for call in made if call.handler == function.name]
    assert calls, "no story comes to this function"
    done = {right for call in calls for right in call.rights}
    explained = not_called_by_us(function.name) | NOT_EXERCISED.get(function.name, {}).keys()
    assert granted(function.name) - done == explained & granted(function.name)
    assert done - granted(function.name) == set(), "done and not granted"


def test_every_route_is_in_a_story(undisturbed: dict[Story, tuple[list[Call], set[str]]]) -> None:
    every = {f"{method} {path}" for path, methods in app.routes.items() for method in methods}
    taken = {route for _, routes in undisturbed.values() for route in routes}
    assert {route for route in every - taken if not route.startswith(OF_THE_DESK)} == set(NOT_IN_A_STORY)
