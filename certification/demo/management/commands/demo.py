"""`manage.py demo`: a house full of people and cases to try the program with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certification import clock
from certification.demo.telling import tell_all
from certification.panel.demo_accounts import PASSWORD, demo_accounts


class Command(BaseCommand):
    help = "Loads demonstration data (once; running it again adds nothing) and prints the accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demonstration opens accounts with a password everybody knows: "
                "it runs only where DEBUG is on."
            )
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nobody to invite
        try:
            for line in tell_all(clock.today()):
                if options["verbosity"] > 1:
                    self.stdout.write(line)
        finally:
            settings.EMAIL_BACKEND = backend
        self.stdout.write(f"Accounts of the demonstration, password: {PASSWORD}")
        for account in demo_accounts():
            self.stdout.write(f"  {account.email:45} {account.name} ({account.note})")
