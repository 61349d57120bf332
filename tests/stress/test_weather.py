"""An hour in which something is away, or poison is about: when it is over, and an administrator has seen to what died,
every case, number and letter is as in fair weather.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.stress.processes import apart
from tests.stress.weather import WEATHERS, Weather, live

pytestmark = pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")


@pytest.mark.parametrize("weather", WEATHERS, ids=lambda weather: weather.name)
def test_it_ends_as_in_fair_weather(weather: Weather, say: Callable[[str], None]) -> None:
    made = apart(lambda: live(weather))
    say(f"{weather.name}: {made.failed} calls failed, {made.died} messages died; {made.told} told, each once")
    assert (made.lost, made.twice, made.otherwise) == (Counter(), Counter(), ())
    assert made.failed or made.died
