"""`manage.py create_administrator`: how the first person gets in."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from certification.audit.models import Event
from institutions.models import User
from institutions.states import Role, Verb
from tests.factories import make_user

pytestmark = pytest.mark.django_db

EMAIL = "ada@cal.example"


def create(email=EMAIL, full_name="Ada Lis"):
    out = StringIO()
    call_command("create_administrator", email, full_name, stdout=out)
    return out.getvalue()


def test_account_is_opened_appointed_and_journalled():
    create()

    person = User.objects.get(email=EMAIL)
    assert person.full_name == "Ada Lis"
    assert person.roles == {Role.ADMINISTRATOR}
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == [Verb.CREATE_ACCOUNT, Verb.APPOINT]


def test_printed_link_sets_the_password(client, settings):
    link = create().rpartition(settings.SITE_URL)[2].strip()

    form = client.get(link, follow=True)
    new = {"password1": "korale-i-jarzebina", "password2": "korale-i-jarzebina"}
    client.post(form.redirect_chain[-1][0], new)

    assert User.objects.get(email=EMAIL).check_password("korale-i-jarzebina")


def test_invitation_is_mailed_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        create()

    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_account_that_exists_keeps_its_name_and_is_not_invited(django_capture_on_commit_callbacks):
    person = make_user(Role.OFFICE)

    with django_capture_on_commit_callbacks(execute=True):
        create(email=person.email.upper(), full_name="Somebody Else")

    again = User.objects.get(pk=person.pk)
    assert (again.full_name, again.roles) == (person.full_name, {Role.OFFICE, Role.ADMINISTRATOR})
    assert mail.outbox == []


def test_second_time_is_refused_and_changes_nothing():
    create()

    with pytest.raises(CommandError):
        create()

    assert Event.objects.count() == 2


def test_account_switched_off_is_refused():
    person = make_user(Role.OFFICE)
    User.objects.filter(pk=person.pk).update(is_active=False)

    with pytest.raises(CommandError):
        create(email=person.email)
