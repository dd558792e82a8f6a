"""Say how the documents stand whose PDF files are here."""

from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification import clock
from certification.certificates.verdicts import Verdict
from certification.certificates.verification import check_file
from certification.documents.seal.checking import check_seal


class Command(BaseCommand):
    help = (
        "Checks PDF files by their SHA-256; fails unless each is a certificate in force today, "
        "or a letter that stands."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        verdicts = [self._tell(file) for file in files]
        others = sum(not verdict.stands for verdict in verdicts)
        if others:
            raise CommandError(f"{others} of {len(files)} do not stand.")

    def _tell(self, file: Path) -> Verdict:
        try:
            with file.open("rb") as content:
                sha256 = file_digest(content, "sha256").hexdigest()
                seal = check_seal(content, clock.now())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        verdict = check_file(sha256, clock.today())
        number = f" {verdict.number}." if verdict.number else ""
        self.stdout.write(f"{file}:{number} {verdict.headline}. {verdict.text}")
        self.stdout.write(f"  {seal}")
        return verdict
