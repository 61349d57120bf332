"""How people write: with tone marks or none, with slips, in the shorthand of telephones, with asides."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chalicelib.domain.text import to_gsm7

HERE = Path(__file__).parent
LATE_WAYS = 2  # the last ways to say a topic are those of the held-out months
NEW = 0.6  # of the words of those months are in ways never heard before
SHORTHAND = {
    "không": "ko",
    "được": "đc",
    "gì": "j",
    "với": "vs",
    "cho": "cho",
    "bây giờ": "bh",
    "người": "ng",
    "những": "nh~",
    "tôi": "t",
    "làm": "lm",
    "rồi": "r",
    "hỏi": "hỏi",
    "giấy": "giấy",
    "trong": "trog",
    "hồ sơ": "hs",
}
FAMILY = ("Nguyễn", "Trần", "Bùi", "Đinh", "Hà", "Quách", "Lê", "Phạm", "Xa", "Bạch")
GIVEN = ("Văn Tùng", "Thị Lan", "Minh Hiếu", "Thị Bích Thủy", "Quang Huy", "Thị Mơ", "Đức Anh", "Thị Sen")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a case is about."""

    field: str
    unit: str
    ways: tuple[str, ...]

    def name(self, chance: random.Random, *, late: bool) -> str:
        """Say it one way or another."""
        early, new = self.ways[:-LATE_WAYS], self.ways[-LATE_WAYS:]
        return chance.choice(new if late and chance.random() < NEW else early)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a matter down as its sender would."""

    frames: Mapping[str, Any]
    topics: Sequence[Topic]

    def content(self, topic: Topic, manner: str, chance: random.Random, *, late: bool) -> tuple[str, str]:
        """Return title (often empty) and content of a matter of a manner: a kind, with what a report is about."""
        frames = self.frames[manner]
        new = late and chance.random() < NEW
        said = [self._fill(chance.choice(frames["late" if new else "early"]), topic, chance, late=late)]
        said += chance.sample(self.frames["asides"], chance.choice((0, 0, 1, 1, 2)))
        if chance.random() < 0.08:
            other = chance.choice(self.topics)
            said.append(self._fill(chance.choice(self.frames["also"]), other, chance, late=late))
        if chance.random() < 0.15:
            said.insert(chance.randrange(len(said) + 1), _person(chance))
        title = self._fill(chance.choice(self.frames["titles"]), topic, chance, late=late)
        titled = title if chance.random() < 0.4 else ""
        text = chance.choice(self.frames["openings"]) + " ".join(said)
        return _typed(titled, chance), _typed(text, chance)

    def _fill(self, frame: str, topic: Topic, chance: random.Random, *, late: bool) -> str:
        name = topic.name(chance, late=late)
        return frame.format(t=name, T=name[0].upper() + name[1:], n=chance.randrange(2, 30))


def writer() -> Writer:
    """Read the topics and frames."""
    rows = yaml.safe_load((HERE / "topics.yaml").read_text("utf-8"))
    frames = yaml.safe_load((HERE / "frames.yaml").read_text("utf-8"))
    return Writer(frames, tuple(Topic(field, unit, tuple(ways)) for field, unit, *ways in rows))


def _person(chance: random.Random) -> str:
    name = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}"
    return f"Tôi tên là {name}, số điện thoại 09{chance.randrange(10**7, 10**8)}."


def _typed(text: str, chance: random.Random) -> str:
    pick = chance.random()
    if pick < 0.2:
        return to_gsm7(text)
    if pick < 0.32:
        return re.sub("|".join(SHORTHAND), lambda found: SHORTHAND[found[0]], text.lower())
    if pick < 0.36:
        return text.upper()
    return _slipped(text, chance) if pick < 0.55 else text


def _slipped(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 60)):
        at = chance.randrange(len(letters) - 1) if len(letters) > 1 else 0
        if len(letters) > 1 and letters[at].isalpha() and letters[at + 1].isalpha():
            if chance.random() < 0.5:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
            else:
                del letters[at]
    return "".join(letters)
