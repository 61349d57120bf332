"""People's own words find procedures of the national catalogue no worse than was measured (docs/knowledge.md).

The catalogue is not part of this repository; the questions and their right codes are.
"""

from __future__ import annotations

import pytest

from benchmarks import knowledge
from tests.procedures import needs_real

# recall@1, recall@3; of what is answered: rightly, with the part asked for; answered though nothing answers it, at most
LEAST = {
    "everyday questions, development": (0.97, 0.99, 0.99, 0.0, 0.0),
    "everyday questions, held out": (0.89, 0.95, 0.91, 0.0, 0.03),
    "citizens' words, development": (0.96, 0.98, 0.98, 0.94, 0.02),
    "citizens' words, held out": (0.94, 0.98, 0.95, 0.99, 0.09),
}


@needs_real
@pytest.mark.parametrize("which", LEAST)
def test_no_worse_than_measured(which: str) -> None:
    [(questions, outside)] = [tuple(both) for what, *both in knowledge.people() if what == which]
    first, three, rightly, parts, strange = LEAST[which]
    found, answers = knowledge.ranked(knowledge.ours(), questions), knowledge.answers(questions, outside)
    assert (found.first, found.three) >= (first, three)
    assert answers.right >= rightly
    assert (answers.parts or 0.0) >= parts
    assert answers.strange <= strange
