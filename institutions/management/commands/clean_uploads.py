"""Remove files that nobody finished sending, and those that a killed process left behind."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from institutions.services.cleaning import Leftovers, find_leftovers, remove_leftovers
from institutions.services.importing import discard_old_drafts, old_drafts


class Command(BaseCommand):
    help = (
        "Removes uploads older than 7 days, lists of institutions older than a day, and files "
        "older than a day that belong to nothing; names rows whose file is missing and then ends "
        "with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        found = find_leftovers()
        if not dry_run:
            remove_leftovers(found)
        done = "would remove" if dry_run else "removed"
        for line in self._lines(found, done):
            self.stdout.write(line)
        drafts = old_drafts().count() if dry_run else discard_old_drafts()
        if drafts:
            self.stdout.write(f"{done}: {drafts} lists of institutions that nobody confirmed")
        if found.missing:
            for name in found.missing:
                self.stderr.write(f"missing: {name}")
            raise CommandError(
                f"{len(found.missing)} files are missing: restore them from a backup."
            )

    def _lines(self, found: Leftovers, done: str) -> list[str]:
        lines = [f"upload {one.pk}, begun {one.started_at:%Y-%m-%d}" for one in found.uploads]
        lines += [f"file {path}" for path in found.staged]
        lines += [f"stored file {name}" for name in found.stored]
        counted = (
            f"{done}: {len(found.uploads)} uploads older than 7 days, "
            f"{len(found.staged)} files in the waiting room and "
            f"{len(found.stored)} stored files that belong to nothing"
        )
        return [*(f"{done} {line}" for line in lines), counted]
