"""Load a catalogue of standards from a YAML file, as a draft or published at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from certification.standards import services
from certification.standards.models import Criterion, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load, read


class Command(BaseCommand):
    help = "Load a catalogue of standards (YAML). A draft set is replaced, a published one stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=OWN_CATALOGUE,
            help="the catalogue; without it, the one the project ships",
        )
        parser.add_argument("--publish", action="store_true", help="publish it as well")
        parser.add_argument(
            "--if-missing", action="store_true", help="do nothing when this set is published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = load(options["file"])
            code = read(data).head.code
            if options["if_missing"] and StandardSet.objects.published().filter(code=code).exists():
                self.stdout.write(_("The set %(code)s is published already.") % {"code": code})
                return
            standard_set = self._load(data, publish=options["publish"])
        except CannotDo as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(code)s: %(criteria)s criteria, %(state)s.")
            % {
                "code": standard_set.code,
                "criteria": Criterion.objects.of_set(standard_set).count(),
                "state": standard_set.get_state_display().lower(),
            }
        )

    @transaction.atomic
    def _load(self, data: Any, *, publish: bool) -> StandardSet:
        standard_set = services.import_standards(data)
        return services.publish(standard_set, by=None) if publish else standard_set
