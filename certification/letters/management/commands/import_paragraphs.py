"""`manage.py import_paragraphs FILE`: a bank of paragraphs for letters."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.errors import CannotDo
from certification.letters.bank import OWN_BANKS, read
from certification.letters.services import import_paragraphs


class Command(BaseCommand):
    help = "Imports a bank of letter paragraphs; new letters are drafted from the newest bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            type=Path,
            nargs="*",
            metavar="FILE",
            help="default: the project's own banks, one for each kind of letter",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for file in options["files"] or OWN_BANKS:
            try:
                bank = import_paragraphs(read(file))
            except CannotDo as refusal:
                raise CommandError(f"{file}: {refusal}") from refusal
            self.stdout.write(f"{bank.paragraphs.count()} paragraphs imported for “{bank.letter}”.")
