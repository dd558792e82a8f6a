"""A worker that kills itself at a given place: `python killing.py MODULE NAME before|after NTH`.

Nothing of ours runs after it, as after a power cut.
"""

import importlib
import os
import signal
import sys
from typing import Any

import django


def main(module: str, name: str, when: str, nth: str) -> None:
    django.setup()
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original, calls = getattr(owner, last), 0

    def killing(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == int(nth) and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **options)
        if calls == int(nth):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, last, killing)
    clock = importlib.import_module("certification.clock")
    importlib.import_module("certification.printruns.working").print_waiting(clock.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
