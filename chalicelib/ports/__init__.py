"""What the use cases need of the world. The adapters keep it; tests have stubs.

A name is loaded when somebody first asks for it: all of them together are a tenth of a cold start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.ports.accounts import (
        Accounts as Accounts,
        LogIns as LogIns,
    )
    from chalicelib.ports.alarms import (
        Alarm as Alarm,
        Alarms as Alarms,
        Aside as Aside,
    )
    from chalicelib.ports.board import (
        BoardIndex as BoardIndex,
        BoardStore as BoardStore,
        Posting as Posting,
    )
    from chalicelib.ports.calendar import (
        CentreCalendar as CentreCalendar,
        OvertakenError as OvertakenError,
        Retiming as Retiming,
        Retimings as Retimings,
    )
    from chalicelib.ports.cases import (
        CaseStore as CaseStore,
        CodeTakenError as CodeTakenError,
        Commit as Commit,
        Dossier as Dossier,
        StaleVersionError as StaleVersionError,
        Stored as Stored,
    )
    from chalicelib.ports.clock import (
        Clock as Clock,
        local_day as local_day,
    )
    from chalicelib.ports.dead_letters import (
        DeadLetters as DeadLetters,
        DeadQueues as DeadQueues,
        Died as Died,
        Words as Words,
    )
    from chalicelib.ports.deps import (
        Deps as Deps,
    )
    from chalicelib.ports.directory import (
        Directory as Directory,
        unit_name as unit_name,
    )
    from chalicelib.ports.files import (
        Declared as Declared,
        Files as Files,
        KeptFile as KeptFile,
        Link as Link,
        Slip as Slip,
    )
    from chalicelib.ports.inbox import (
        AlreadyDoneError as AlreadyDoneError,
        Inbox as Inbox,
        Receipt as Receipt,
    )
    from chalicelib.ports.keys import (
        Ids as Ids,
        Keys as Keys,
    )
    from chalicelib.ports.lists import (
        CaseLists as CaseLists,
        Page as Page,
    )
    from chalicelib.ports.mails import (
        Mails as Mails,
        UnassignedMails as UnassignedMails,
    )
    from chalicelib.ports.one_time_codes import (
        OneTimeCodes as OneTimeCodes,
    )
    from chalicelib.ports.presence import (
        Presence as Presence,
    )
    from chalicelib.ports.rejections import (
        Rejection as Rejection,
        Rejections as Rejections,
    )
    from chalicelib.ports.reminders import (
        Reminder as Reminder,
        Reminders as Reminders,
    )
    from chalicelib.ports.sending import (
        Letter as Letter,
        Letters as Letters,
        Mailer as Mailer,
        Message as Message,
        Outgoing as Outgoing,
        PermanentDeliveryError as PermanentDeliveryError,
    )
    from chalicelib.ports.signing import (
        AgencyKeys as AgencyKeys,
        CentreKey as CentreKey,
        CentreKeys as CentreKeys,
        Envelope as Envelope,
        Signatures as Signatures,
    )
    from chalicelib.ports.suppressions import (
        Suppressions as Suppressions,
    )
    from chalicelib.ports.tallies import (
        MonthSums as MonthSums,
        Tallies as Tallies,
    )
    from chalicelib.ports.tokens import (
        Claims as Claims,
        TokenVerifier as TokenVerifier,
    )
    from chalicelib.ports.watermarks import (
        Watermarks as Watermarks,
    )

HOMES = {
    "accounts": (
        "Accounts",
        "LogIns",
    ),
    "alarms": (
        "Alarm",
        "Alarms",
        "Aside",
    ),
    "board": (
        "BoardIndex",
        "BoardStore",
        "Posting",
    ),
    "calendar": (
        "CentreCalendar",
        "OvertakenError",
        "Retiming",
        "Retimings",
    ),
    "cases": (
        "CaseStore",
        "CodeTakenError",
        "Commit",
        "Dossier",
        "StaleVersionError",
        "Stored",
    ),
    "clock": (
        "Clock",
        "local_day",
    ),
    "dead_letters": (
        "DeadLetters",
        "DeadQueues",
        "Died",
        "Words",
    ),
    "deps": ("Deps",),
    "directory": (
        "Directory",
        "unit_name",
    ),
    "files": (
        "Declared",
        "Files",
        "KeptFile",
        "Link",
        "Slip",
    ),
    "inbox": (
        "AlreadyDoneError",
        "Inbox",
        "Receipt",
    ),
    "keys": (
        "Ids",
        "Keys",
    ),
    "lists": (
        "CaseLists",
        "Page",
    ),
    "mails": (
        "Mails",
        "UnassignedMails",
    ),
    "one_time_codes": ("OneTimeCodes",),
    "presence": ("Presence",),
    "rejections": (
        "Rejection",
        "Rejections",
    ),
    "reminders": (
        "Reminder",
        "Reminders",
    ),
    "sending": (
        "Letter",
        "Letters",
        "Mailer",
        "Message",
        "Outgoing",
        "PermanentDeliveryError",
    ),
    "signing": (
        "AgencyKeys",
        "CentreKey",
        "CentreKeys",
        "Envelope",
        "Signatures",
    ),
    "suppressions": ("Suppressions",),
    "tallies": (
        "MonthSums",
        "Tallies",
    ),
    "tokens": (
        "Claims",
        "TokenVerifier",
    ),
    "watermarks": ("Watermarks",),
}
_HOME = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
