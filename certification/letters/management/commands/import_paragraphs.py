"""`manage.py import_paragraphs FILE`: a bank of paragraphs for letters."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.errors import CannotDo
from certification.letters.bank import OWN_BANK, read
from certification.letters.services import import_paragraphs


class Command(BaseCommand):
    help = "Imports a bank of letter paragraphs; new letters are drafted from the newest bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", default=OWN_BANK, help="default: the project's own bank"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bank = import_paragraphs(read(options["file"]))
        except CannotDo as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{bank.paragraphs.count()} paragraphs imported for “{bank.letter}”.")
