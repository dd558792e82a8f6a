"""Make the key that credentials are signed with."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from certification.private_files import write_private


class Command(BaseCommand):
    help = (
        "Makes a key (Ed25519, PEM, without a passphrase) that credentials are signed with. "
        "Keep the file readable by the program's user only, and a copy of it in a safe place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.DEMO_CREDENTIAL_KEY))
        parser.add_argument(
            "--if-missing", action="store_true", help="leave a key that is there as it is"
        )

    def handle(self, *args: Any, out: Path, if_missing: bool, **options: Any) -> None:
        if out.exists():
            if if_missing:
                return
            raise CommandError(f"{out} is there already, and credentials may be signed with it.")
        key = Ed25519PrivateKey.generate()
        content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_private(out, content)
        self.stdout.write(f"{out}: a key for credentials. Set CREDENTIAL_KEY to this path.")
