"""What a centre's regulation says of petitions: the kinds the law knows, their limits, who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.petitions.limits import Limit


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of petition. `extensions`: days by grade, one number for each time it may be extended."""

    label: str
    words: str  # what it is, in plain words
    law: str
    accept: Limit  # from the receipt
    settle: Limit  # from the acceptance
    extensions: Mapping[str, tuple[int, ...]]
    extension_article: str
    documents: Mapping[str, str]  # what ends it: the decision or conclusion
    withdrawal_article: str
    may_go_on: bool  # once it is withdrawn
    secret: str  # what of the sender is kept secret, by which article


@dataclass(frozen=True, slots=True)
class PetitionRules:
    """The whole file. `warn` days before its end a limit is brought to mind; `follow` days pass between two urgings."""

    unit: str
    basis: str
    told: Limit  # what becomes of a petition is said to who brought it
    kinds: Mapping[str, Kind]
    channels: Mapping[str, str]
    grades: Mapping[str, str]
    warn: int
    follow: int
    elsewhere: tuple[str, ...]  # where else one may go
    moved: str  # what the log of an ordinary case says that became a petition, and how its sender goes on
    moved_guidance: str
