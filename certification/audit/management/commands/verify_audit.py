"""`manage.py verify_audit`: is the journal whole?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certification.audit.models import ChainHead
from certification.audit.services import faults


class Command(BaseCommand):
    help = "Checks the journal's hash chain: exits 1 and names each changed, removed or cut row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", metavar="HASH", help="a hash kept outside, which must be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(options["anchor"]))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} fault(s) in the journal", returncode=1)
        head = ChainHead.objects.filter(id=1).first() or ChainHead()
        self.stdout.write(f"The journal is whole: {head.seq} events, head {head.hash}")
