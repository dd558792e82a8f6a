"""Prove that every issued document is still as it was issued."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from certification import clock
from certification.documents.models import SealCertificate, StoredDocument
from certification.documents.seal.checking import Found, check_seal
from certification.documents.services import strays, tampered
from certification.errors import Unavailable

SETTLED = timedelta(hours=1)  # a younger file may belong to a transaction still open


class Command(BaseCommand):
    help = "Checks every stored document against its SHA-256 and lists files without a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sweep", action="store_true", help="delete files without a row older than an hour"
        )
        parser.add_argument(
            "--seals", action="store_true", help="look at each electronic seal, too (slow)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._verify(**options)
        except Unavailable as error:
            raise CommandError(str(error)) from error

    def _verify(self, **options: Any) -> None:
        for name in strays():
            # the real time, not the program's clock: it is compared with the file system's
            settled = default_storage.get_modified_time(name) < clock.now() - SETTLED
            if options["sweep"] and settled:
                default_storage.delete(name)
                self.stdout.write(f"removed {name}")
            else:
                self.stdout.write(f"no row  {name}")
        self._tell_of_seals()
        changed = list(tampered())
        if options["seals"]:
            changed += self._with_broken_seals({document.pk for document in changed})
        for document in changed:
            self.stderr.write(f"CHANGED {document.pk} {document.title} {document.file.name}")
        if changed:
            raise CommandError(f"{len(changed)} stored documents are not as they were issued.")
        self.stdout.write("Every stored document is as it was issued.")

    def _tell_of_seals(self) -> None:
        for seal in SealCertificate.objects.annotate(number=Count("documents")):
            self.stdout.write(
                f"sealed  {seal.number} by {seal.subject}, "
                f"valid to {seal.valid_to:%Y-%m-%d}, SHA-256 {seal.fingerprint}"
            )

    def _with_broken_seals(self, known: set[int]) -> list[StoredDocument]:
        """Those whose seal is not whole although their bytes are as they were stored."""
        broken = []
        for document in StoredDocument.objects.exclude(seal=None).exclude(pk__in=known):
            with document.file.open("rb") as file:
                if check_seal(file, clock.now()).found != Found.OURS:
                    broken.append(document)
        return broken
