"""Make a key to seal with: for tests and the demonstration."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification import clock
from certification.documents.seal.authority import issue
from certification.private_files import write_private

SINCE = datetime(2016, 1, 1, tzinfo=UTC)  # the demonstration's story begins in 2016
FOR = timedelta(days=3 * 365)


class Command(BaseCommand):
    help = (
        "Makes a certificate authority and a key of the electronic seal for trying the program. "
        "NOT FOR PRODUCTION: nobody vouches for it, and its file has no passphrase."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.DEMO_SEAL))
        parser.add_argument(
            "--if-missing", action="store_true", help="leave a key that is there as it is"
        )

    def handle(self, *args: Any, out: Path, if_missing: bool, **options: Any) -> None:
        if out.exists():
            if if_missing:
                return
            raise CommandError(f"{out} is there already. Remove it first to make another key.")
        until = clock.now() + FOR
        authority = issue("CAL Demo CA (not for production)", None, since=SINCE, until=until)
        seal = issue("CAL – pieczęć pokazowa", authority, since=SINCE, until=until)
        write_private(out, seal.pkcs12())
        out.with_suffix(".ca.pem").write_bytes(authority.pem)
        self.stdout.write(
            f"{out}: a key of the seal for the demonstration, NOT FOR PRODUCTION. "
            f"Its authority: {out.with_suffix('.ca.pem')}"
        )
