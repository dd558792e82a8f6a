"""Let the first person in, who then lets in the others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.errors import CannotDo
from institutions.accounts.emails import set_password_url
from institutions.models import User
from institutions.services.people import appoint_user, create_account
from institutions.states import Role


class Command(BaseCommand):
    help = "Open an account, appoint it administrator and print the link that sets its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name", help="first and last name, in quotation marks")

    def handle(self, *args: Any, email: str, full_name: str, **options: Any) -> None:
        try:
            person = self._appoint(email, full_name)
        except CannotDo as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Administrator: %(name)s.") % {"name": f"{person} <{person.email}>"})
        self.stdout.write(
            _("To set the password, open: %(url)s") % {"url": set_password_url(person)}
        )

    @transaction.atomic
    def _appoint(self, email: str, full_name: str) -> User:
        """An account that is open already keeps its name and its password."""
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            person = create_account(by=None, email=email, full_name=full_name)
        appoint_user(person, by=None, role=Role.ADMINISTRATOR, since=clock.today())
        return person
