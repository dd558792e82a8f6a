"""`manage.py worker`: does what is due, for as long as it is let."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection

from certification.chores.working import do_due

logger = logging.getLogger(__name__)

TICK = 2  # seconds
LONGEST_PAUSE = 30  # seconds, while the database is away


class Command(BaseCommand):
    help = (
        "Does the periodic chores (mail, reminders, tidying up). As many as one likes may run, on "
        "as many machines; each chore is done by one of them at a time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for name in do_due():
                self.stdout.write(name)
            return
        stopping = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
        self._work(stopping)

    def _work(self, stopping: threading.Event) -> None:
        """A chore that has begun is finished before the end."""
        pause = TICK
        while not stopping.is_set():
            try:
                do_due(stopping)
                pause = TICK
            except Error:
                logger.warning("The database does not answer; asking again in %s s", pause)
                connection.close()
                pause = min(2 * pause, LONGEST_PAUSE)
            stopping.wait(pause)
