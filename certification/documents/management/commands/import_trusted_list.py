"""Put the authorities of an EU trusted list among those whose signatures are recognised."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.documents.signatures import trusted_list
from certification.errors import CannotDo


class Command(BaseCommand):
    help = (
        "Reads an EU trusted list (ETSI TS 119 612) from FILE and writes the certificates of its "
        "qualified authorities to the folder SIGNATURE_TRUST. It does not verify the list's own "
        "signature: take the file from a place you trust."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="remove certificates that the list lacks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.SIGNATURE_TRUST)
        try:
            with options["file"].open("rb") as file:
                found = trusted_list.read(file)
        except (OSError, CannotDo) as error:
            raise CommandError(str(error)) from error
        if not found.authorities:
            raise CommandError("The list names no granted authority for qualified certificates.")
        before = set(folder.glob("*.pem"))
        kept = set(trusted_list.write(found, folder))
        if options["replace"]:
            for path in before - kept:
                path.unlink()
                self.stdout.write(f"removed {path.name}")
        for authority in found.authorities:
            self.stdout.write(f"trusted {authority.provider}: {authority.service}")
        self.stdout.write(
            f"{len(kept)} certificates of {found.territory or '?'}, list of {found.issued_on}, "
            f"next expected {found.next_update or 'never'}. Its own signature was not verified."
        )
