"""What routing goes by, taken from a case and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.case import Case
from chalicelib.domain.routing import Facts, Routing
from chalicelib.domain.spoken import heard as heard_in
from chalicelib.domain.unit_names import Mention, UnitName, mentions


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words of a matter name and speak of: units in their order, topics with the words that show them."""

    mentions: tuple[Mention, ...] = ()
    topics: Mapping[str, str] | None = None

    @property
    def unit(self) -> str:
        """The agency that is named, if it is one alone."""
        return self._only(branch=False)

    @property
    def branch(self) -> str:
        """The branch of the centre that is named, if it is one alone."""
        return self._only(branch=True)

    @property
    def elsewhere(self) -> bool:
        """Tell whether an office of another province is named."""
        return any(not mention.unit for mention in self.mentions)

    def _only(self, *, branch: bool) -> str:
        units = {mention.unit for mention in self.mentions if mention.unit and mention.branch is branch}
        return units.pop() if len(units) == 1 else ""


NOTHING = Heard()


def hear(text: str, routing: Routing, names: tuple[UnitName, ...]) -> Heard:
    """Read the words of a matter."""
    found = mentions(text, names, routing.places, routing.provinces)
    topics = {name: words for name, topic in routing.topics.items() if (words := heard_in(text, topic.phrases))}
    return Heard(found, topics)


def facts_of(case: Case, heard: Heard) -> Facts:
    """Return what is known of a case."""
    return facts(
        kind=case.kind,
        about=case.about,
        field=case.field,
        channel=case.channel,
        customer=case.sender_kind,
        flags=case.flags,
        heard=heard,
    )


def facts(
    *,
    kind: str,
    about: str | None,
    field: str,
    channel: str,
    customer: str,
    flags: Iterable[str] = (),
    heard: Heard = NOTHING,
) -> Facts:
    """Return what is known of a matter."""
    return Facts(
        kind=kind,
        about=about,
        field=field,
        channel=channel,
        customer=customer,
        unit=heard.unit,
        branch=heard.branch,
        elsewhere=heard.elsewhere,
        says=frozenset(heard.topics or ()),
        flags=frozenset(flags),
    )
