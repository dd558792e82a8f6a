"""What must be done again and again, without anybody asking: mail, reminders, tidying up.

An app registers its chores when it starts:

    chores.register("outbox.deliver", label=_("Sending …"), every=timedelta(seconds=5), do=deliver)

`do` takes this moment and answers in words what it did, or "" when there was nothing to do. It
may be killed at any point and done again, so it must be safe to do twice; but never do two
workers do the same chore at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Chore:
    name: str
    label: Any  # a text, translated when shown
    every: timedelta
    do: Callable[[datetime], str]


_chores: dict[str, Chore] = {}


def register(name: str, *, label: Any, every: timedelta, do: Callable[[datetime], str]) -> None:
    _chores[name] = Chore(name, label, every, do)


def registered() -> list[Chore]:
    return list(_chores.values())
