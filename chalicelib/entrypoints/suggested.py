"""What routing suggests for a matter that is being written down and is no case yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib import bootstrap

if TYPE_CHECKING:
    from chalicelib.views.routing import RoutingView


def suggested(typed: Mapping[str, str], kind: str, about: str | None) -> RoutingView:
    """Explain the routing of what was typed so far; the sender's address is not asked for (R55)."""
    from chalicelib.domain.actors import Sender
    from chalicelib.domain.eligibility import Matter, assess
    from chalicelib.domain.routing_facts import facts
    from chalicelib.ports.routing import hear_text
    from chalicelib.views.routing import routing

    deps = bootstrap.deps()
    title, content = typed.get("title", ""), typed.get("content", "")
    heard = hear_text(f"{title}\n{content}", deps)
    known = facts(
        kind=kind,
        about=about,
        field=typed.get("field", ""),
        channel=typed.get("channel", ""),
        customer=typed.get("sender_kind", "individual"),
        flags=assess(Matter(title, content, Sender()), deps.regulation).flags,
        heard=heard,
    )
    return routing(known, heard, deps)


def in_words(found: RoutingView | None) -> str:
    """Say whom the rules suggest, and why; empty where they leave it to the operator."""
    if found is None or found.way not in ("forward", "refer"):
        return ""
    then = " Xin bấm Lưu, rồi trình lãnh đạo trên trang hồ sơ." if found.way == "refer" else ""
    return f"Gợi ý: {found.owner_name}. Theo {found.article}: {found.reason}{then}"
