"""Who prints: the office. A case that is closed to a person is in none of their runs, and a file
that holds one is not handed out to them.
"""

import rules

from institutions.models import User
from institutions.states import Role

from .models import PrintFile, PrintRun


@rules.predicate
def is_office(user: User) -> bool:
    return bool(user.is_authenticated and user.has_role(Role.OFFICE))


@rules.predicate
def is_unbarred_from_file(user: User, file: PrintFile) -> bool:
    return not file.items.closed_to(user).exists()  # type: ignore[attr-defined]


@rules.predicate
def is_unbarred_from_run(user: User, run: PrintRun) -> bool:
    return not run.items.closed_to(user).exists()  # type: ignore[attr-defined]


rules.add_perm("printruns.start_print_run", is_office)
rules.add_perm("printruns.save_printer", is_office)
rules.add_perm("printruns.pause_print_run", is_office)
rules.add_perm("printruns.resume_print_run", is_office)
rules.add_perm("printruns.cancel_print_run", is_office)
rules.add_perm("printruns.complete_print_run", is_office)
rules.add_perm("printruns.read_lists", is_office & is_unbarred_from_run)
rules.add_perm("printruns.download_file", is_office & is_unbarred_from_file)
