"""Add institutions from a file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.import_files import read_file
from institutions.services.importing import Outcome, Plan, import_institutions, preview


class Command(BaseCommand):
    help = (
        "Add institutions from a YAML, XLSX or CSV file, or bring those on the list up to date "
        "with it. Rows that are refused are named, and the rest is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="e.g. institutions/initial/holders.yaml")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, row by row, and stop"
        )

    def handle(self, *args: Any, file: str, dry_run: bool, **options: Any) -> None:
        try:
            rows = read_file(file).rows
            plan = preview(rows) if dry_run else import_institutions(rows, by=None)
        except CannotDo as refusal:
            raise CommandError(str(refusal)) from refusal
        if dry_run:
            self._say_all(plan)
        self._say_remarks(plan)
        self.stdout.write(_summary(plan, dry_run=dry_run))
        if plan.of(Outcome.REFUSED):
            raise CommandError(_("Correct the rows left out and import the file again."))

    def _say_all(self, plan: Plan) -> None:
        for each in plan.rows:
            self.stdout.write(f"{each.number}. {each.name or '?'}: {each.outcome.label}")
            for change in each.changes:
                self.stdout.write(f"    {change.label}: {change.before or '–'} → {change.after}")

    def _say_remarks(self, plan: Plan) -> None:
        for each in plan.rows:
            for why in each.problems:
                self.stderr.write(
                    _("Left out: row %(number)s, %(name)s. %(why)s")
                    % {"number": each.number, "name": each.name or "?", "why": why}
                )
            for remark in () if each.problems else each.remarks:
                self.stderr.write(f"{each.number}. {each.name}: {remark}")


def _summary(plan: Plan, *, dry_run: bool) -> str:
    text = (
        _("To be added: %(new)s, to be changed: %(changed)s, unchanged: %(unchanged)s.")
        if dry_run
        else _("%(new)s added, %(changed)s updated, %(unchanged)s unchanged.")
    )
    return text % {
        "new": len(plan.of(Outcome.NEW)),
        "changed": len(plan.of(Outcome.CHANGED)),
        "unchanged": len(plan.of(Outcome.UNCHANGED)),
    }
