"""python -m agency agency.toml: work until stopped. With --again ID send one reply once more."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from .officer import Officer
from .queues import Sqs
from .settings import Settings, read
from .signatures import Centre, Pen
from .store import Store
from .worker import Answer, Worker

PAUSES = (1, 5, 30)  # seconds after the first, second, third failure in a row, and from then on

log = logging.getLogger("agency")


def work(settings: Settings, store: Store, stopped: threading.Event) -> None:
    """Do round after round; SQS being away makes it wait, never end."""
    officer = Officer(settings.responsible_officer, settings.approving_leader, settings.fields)
    answer: Answer = officer.answer if settings.answers == "rule" else lambda *_: []
    pen = Pen(settings.private_key, settings.kid)
    worker = Worker(settings.unit, Sqs(settings), Centre(settings.centre_keys), pen.sign, store, answer)
    failures = 0
    while not stopped.is_set():
        try:
            worker.round()
            failures = 0
        except (BotoCoreError, ClientError) as error:
            log.warning("the queues are away: %s", error)
            stopped.wait(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m agency", description=__doc__)
    parser.add_argument("settings", type=Path)
    parser.add_argument("--again", metavar="ID", help="send this reply once more, signed anew")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = read(given.settings)
    with closing(Store(settings.database)) as store:
        if given.again:
            sys.exit(0 if store.again(given.again) else f"there is no reply {given.again}")
        store.forget()
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        log.info("%s listens", settings.unit)
        work(settings, store, stopped)


if __name__ == "__main__":
    main()
