"""`manage.py render {certificate,letter} ID --out FILE`: the PDF, from its row."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.certificates.models import Certificate
from certification.certificates.services import sheet_of as certificate_sheet
from certification.documents.render import render_certificate, render_letter
from certification.letters.models import CommendationLetter
from certification.letters.printing import sheet_of as letter_sheet


def _certificate(pk: int) -> bytes:
    return render_certificate(certificate_sheet(Certificate.objects.get(pk=pk)))


def _letter(pk: int) -> bytes:
    return render_letter(letter_sheet(CommendationLetter.objects.get(pk=pk)))


KINDS = {"certificate": _certificate, "letter": _letter}


class Command(BaseCommand):
    help = "Renders a certificate or a letter anew from its row, to compare with the stored PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("id", type=int)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = KINDS[options["kind"]](options["id"])
        except (Certificate.DoesNotExist, CommendationLetter.DoesNotExist) as error:
            raise CommandError(f"There is no {options['kind']} {options['id']}.") from error
        options["out"].write_bytes(content)
        self.stdout.write(f"{len(content)} bytes written to {options['out']}")
