"""The Lambda functions of the application, as operations see them. Handlers are in chalicelib/entrypoints."""

from __future__ import annotations

from dataclasses import dataclass

VISIBILITY_FACTOR = 6  # AWS Lambda developer guide, "Using Lambda with Amazon SQS": visibility >= 6 x timeout
MAX_RECEIVES = 5  # same page: fewer lets throttling send good messages to the dead-letter queue


@dataclass(frozen=True, slots=True)
class Function:
    """One function: seconds, MB, and for queue workers the queue (its key in names.QUEUES) and how it is read."""

    name: str
    timeout: int = 30
    memory: int = 512
    queue: str | None = None
    batch: int = 10
    concurrency: int = 5

    @property
    def logical_id(self) -> str:
        """Give the logical id that Chalice makes of the name."""
        return "APIHandler" if self.name == "api_handler" else self.name.capitalize()

    @property
    def short_name(self) -> str:
        """Give the last part of the function's own name."""
        return "api" if self.name == "api_handler" else self.name

    @property
    def visibility(self) -> int:
        """Seconds a message stays hidden while this worker has it."""
        return VISIBILITY_FACTOR * self.timeout


FUNCTIONS = (
    Function("api_handler", timeout=15, memory=1024),
    Function("relay"),
    Function("notices", queue="notices", concurrency=2),  # fuller batches, and a mail service that limits its rate
    Function("outgoing", queue="outgoing"),
    Function("replies", queue="replies", batch=5),
    Function("bounces", queue="bounces", concurrency=2),
    # A mail may be a megabyte of parts.
    Function("mails", queue="mails", timeout=50, memory=1024, batch=5, concurrency=2),
    Function("tallies", queue="tallies", concurrency=2),  # all count in the same few items: more at once would collide
    Function("board", queue="board", concurrency=2),
    # A whole processor: a month of 100,000 cases is read in less than a minute of it.
    Function("reports", queue="reports", timeout=300, memory=1769, batch=1, concurrency=2),
    Function("month"),
    Function("sweep", timeout=50),
    Function("remind", timeout=50),
    Function("survey", timeout=50),
    Function("lake", timeout=300, memory=1024),
    Function("retime", timeout=50, memory=1769),  # a whole processor: a change may move every open case
    Function("recover"),
    Function("collect", timeout=50),
    Function("forget", timeout=300),
    Function("digest", timeout=300),
    Function("petitions", timeout=15, memory=1024),  # as the API, of which it answers a part
    Function("urge"),
    Function("shred", timeout=50),
    Function("learn", timeout=600, memory=1769),  # a whole processor: a year's cases once a week
)
BY_QUEUE = {function.queue: function for function in FUNCTIONS if function.queue}
