"""Does a case's log fit its hashes? (R124)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.adapters.dynamo import codec
from chalicelib.adapters.dynamo.tables import CaseItem


def faults(code: str, items: Mapping[str, CaseItem]) -> Iterator[str]:
    """Name what does not fit: an event that was changed, moved or taken out, a text, the end of the chain.

    A text that is gone with its salt is no fault: it was erased, and its digest leads nowhere.
    """
    chain = ""
    events = [item for sk, item in sorted(items.items()) if sk.startswith("EVENT#")]
    for place, item in enumerate(events, start=1):
        seq = item.sk.removeprefix("EVENT#")
        if int(seq) != place:
            yield f"{item.sk}: not in its place"
        if codec.link(chain, f"{code}#{seq}", item.kind, item.body) != item.chain:
            yield f"{item.sk}: changed"
        chain = item.chain  # so that one change is one fault
        text = items.get(f"TEXT#{seq}")
        if text is not None and _other_words(item, text):
            yield f"{text.sk}: changed"
    if items["HEAD"].chain != chain:
        yield "HEAD: not the end of the chain"


def _other_words(item: CaseItem, text: CaseItem) -> bool:
    words = msgspec.json.decode(text.body, type=dict[str, str])
    digests = msgspec.json.decode(item.body)["data"]["digests"]
    return bool(digests != {name: codec.digest(text.salt, said) for name, said in words.items()})
