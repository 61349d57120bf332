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
    from chalicelib.ports.board import (
        BoardIndex as BoardIndex,
        BoardStore as BoardStore,
    )
    from chalicelib.ports.calendar import (
        CentreCalendar as CentreCalendar,
        OvertakenError as OvertakenError,
        Retiming as Retiming,
        Retimings as Retimings,
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
    from chalicelib.ports.files import (
        Declared as Declared,
        Files as Files,
        KeptFile as KeptFile,
        Link as Link,
        Slip as Slip,
    )
    from chalicelib.ports.lists import (
        CaseLists as CaseLists,
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
    from chalicelib.ports.protocols import (
        Alarms as Alarms,
        CaseStore as CaseStore,
        Clock as Clock,
        Directory as Directory,
        Ids as Ids,
        Inbox as Inbox,
        Keys as Keys,
        Letters as Letters,
        Mailer as Mailer,
        Outgoing as Outgoing,
        TokenVerifier as TokenVerifier,
        Watermarks as Watermarks,
        local_day as local_day,
        unit_name as unit_name,
    )
    from chalicelib.ports.rejections import (
        Rejection as Rejection,
        Rejections as Rejections,
    )
    from chalicelib.ports.reminders import (
        Reminder as Reminder,
        Reminders as Reminders,
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
    from chalicelib.ports.values import (
        Alarm as Alarm,
        AlreadyDoneError as AlreadyDoneError,
        Aside as Aside,
        Claims as Claims,
        CodeTakenError as CodeTakenError,
        Commit as Commit,
        Dossier as Dossier,
        Letter as Letter,
        Message as Message,
        Page as Page,
        PermanentDeliveryError as PermanentDeliveryError,
        Posting as Posting,
        Receipt as Receipt,
        StaleVersionError as StaleVersionError,
        Stored as Stored,
        Unit as Unit,
    )

HOMES = {
    "accounts": (
        "Accounts",
        "LogIns",
    ),
    "board": (
        "BoardIndex",
        "BoardStore",
    ),
    "calendar": (
        "CentreCalendar",
        "OvertakenError",
        "Retiming",
        "Retimings",
    ),
    "dead_letters": (
        "DeadLetters",
        "DeadQueues",
        "Died",
        "Words",
    ),
    "deps": ("Deps",),
    "files": (
        "Declared",
        "Files",
        "KeptFile",
        "Link",
        "Slip",
    ),
    "lists": ("CaseLists",),
    "mails": (
        "Mails",
        "UnassignedMails",
    ),
    "one_time_codes": ("OneTimeCodes",),
    "presence": ("Presence",),
    "protocols": (
        "Alarms",
        "CaseStore",
        "Clock",
        "Directory",
        "Ids",
        "Inbox",
        "Keys",
        "Letters",
        "Mailer",
        "Outgoing",
        "TokenVerifier",
        "Watermarks",
        "local_day",
        "unit_name",
    ),
    "rejections": (
        "Rejection",
        "Rejections",
    ),
    "reminders": (
        "Reminder",
        "Reminders",
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
    "values": (
        "Alarm",
        "AlreadyDoneError",
        "Aside",
        "Claims",
        "CodeTakenError",
        "Commit",
        "Dossier",
        "Letter",
        "Message",
        "Page",
        "PermanentDeliveryError",
        "Posting",
        "Receipt",
        "StaleVersionError",
        "Stored",
        "Unit",
    ),
}
_HOME = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
