"""Browsers that people sign in with."""

from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD


def device(person, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/128.0", ip="192.0.2.7"):
    """A browser in which the person signed in through the form."""
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=ip)
    done = browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert done.status_code == 302
    return browser
