"""Keyed hashes of people on a list of employees: they are compared, and cannot be read back."""

import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from certification.folding import fold

SALT = "institutions.employees"
ADDRESS = re.compile(r"[^\s<>;,\"']+@[^\s<>;,\"'@]+\.[^\s<>;,\"'@.]+")
BETWEEN = re.compile(r"[\s<>;,\"']+")


def of_email(email: str) -> list[str]:
    """By every key in use (SECRET_KEY and its fallbacks), the one that is stored first."""
    return _digests("email", email.strip().lower())


def of_name(name: str) -> list[str]:
    """Of the words of a name in any order, without accents: `Nowak Łucja` is `Łucja Nowak`."""
    return _digests("name", " ".join(sorted(fold(name).split())))


def _digests(kind: str, text: str) -> list[str]:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [
        salted_hmac(f"{SALT}.{kind}", text, secret=key, algorithm="sha256").hexdigest()
        for key in keys
    ]


def read(text: str) -> tuple[set[str], list[int]]:
    """Hashes of the people typed, one a line: an address, a full name, or both in cells.

    Also the numbers of the lines that are neither.
    """
    found: set[str] = set()
    wrong = []
    for number, line in enumerate(text.splitlines(), start=1):
        emails = ADDRESS.findall(line)
        name = " ".join(word for word in BETWEEN.split(ADDRESS.sub(" ", line)) if word)
        is_named = " " in name and not re.search(r"[\d@]", name)
        if name and not is_named and (not emails or "@" in name):
            wrong.append(number)
            continue
        found.update(of_email(email)[0] for email in emails)
        if is_named:
            found.add(of_name(name)[0])
    return found, wrong
