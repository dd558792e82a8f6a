"""Add institutions from a file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.import_files import read_yaml
from institutions.services.importing import import_institutions


class Command(BaseCommand):
    help = "Add institutions from a YAML file, or bring those on the list up to date with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="e.g. institutions/initial/holders.yaml")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            report = import_institutions(read_yaml(file))
        except CannotDo as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(created)s added, %(updated)s updated, %(unchanged)s unchanged.")
            % {
                "created": len(report.created),
                "updated": len(report.updated),
                "unchanged": len(report.unchanged),
            }
        )
        for name, why in report.refused:
            self.stderr.write(_("Left out: %(name)s. %(why)s") % {"name": name, "why": why})
        if report.refused:
            raise CommandError(_("Correct the rows left out and import the file again."))
