"""Issues certificates in processes, each of which dies (SIGKILL) at the next step of issuing.

Run as a program on a database where cases wait before the Board. A step is a statement to the
database, the file, or the commit; a process dies after it. Prints how many died.
"""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any
from unittest.mock import patch

import django


class Steps:
    """Counts what this process does, and ends it after so many."""

    def __init__(self, last: int) -> None:
        self.left = last

    def done(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], *given: Any) -> Any:
        result = execute(*given)
        self.done()
        return result

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            result = function(*given, **named)
            self.done()
            return result

        return counting


def main() -> None:
    django.setup()
    from certification.applications.models import Application  # noqa: PLC0415
    from institutions.models import User  # noqa: PLC0415

    import_module("tests.certificates.factories")  # once, and not in each process that dies
    by = User.objects.get(pk=int(sys.argv[1]))
    first, second = Application.objects.filter(pk__in=sys.argv[2:]).order_by("pk")
    deaths = 0
    while not first.certificates.exists():
        check(0)
        deaths += 1
        end_after(deaths, first, by)
    check(1)  # the last one died after the commit
    issue(second, by)
    check(2)
    print(deaths)


def end_after(steps: int, case: Any, by: Any) -> None:
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    child = os.fork()
    if not child:
        die_after(steps, case, by)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it came to the end, or issuing failed"
    assert os.WTERMSIG(status) == signal.SIGKILL


def die_after(last: int, case: Any, by: Any) -> None:
    from django.core.files.storage import default_storage  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    steps = Steps(last)
    try:
        connection.ensure_connection()
        with (
            patch.object(connection, "_commit", steps.counted(connection._commit)),
            patch.object(default_storage, "save", steps.counted(default_storage.save)),
            connection.execute_wrapper(steps.statement),
        ):
            issue(case, by)
    finally:
        os._exit(1)


def issue(case: Any, by: Any) -> None:
    """By the verb; what is printed is of no matter here, and takes long."""
    from certification.certificates import services  # noqa: PLC0415
    from tests.certificates import factories  # noqa: PLC0415

    with patch.object(services, "render_certificate", lambda sheet: sheet.number.encode()):
        factories.issue(case, by=by)


def check(issued: int) -> None:
    """All or nothing: numbers, rows, files, moves and the journal agree."""
    from certification import clock  # noqa: PLC0415
    from certification.applications.models import Application  # noqa: PLC0415
    from certification.audit.services import faults  # noqa: PLC0415
    from certification.certificates.models import Certificate  # noqa: PLC0415
    from certification.decisions.models import Resolution  # noqa: PLC0415
    from certification.documents.models import StoredDocument  # noqa: PLC0415
    from certification.documents.services import open_verified  # noqa: PLC0415

    certificates = Certificate.objects.order_by("pk")
    year = clock.today().year
    assert [each.number for each in certificates] == [
        f"CAL/OSL/{number}/{year}" for number in range(1, issued + 1)
    ]
    assert [open_verified(each.document) for each in certificates] == [
        each.number.encode() for each in certificates
    ]
    certified = Application.objects.filter(state="certified")
    assert certified.count() == issued
    assert Resolution.objects.count() == StoredDocument.objects.count() == issued
    assert list(faults()) == []


if __name__ == "__main__":
    main()
