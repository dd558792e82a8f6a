"""What can happen, in words. Each app lists its verbs as a subclass of AuditVerb."""

from functools import cache

from django.db import models


class AuditVerb(models.TextChoices):
    """Base of every app's list: `SUBMIT = "applications.submit", _("Application submitted")`."""


@cache
def _labels() -> dict[str, object]:
    return {verb.value: verb.label for app in AuditVerb.__subclasses__() for verb in app}


def describe(verb: str) -> str:
    """The label of a verb; an old verb that is listed no more shows its code."""
    return str(_labels().get(verb, verb))


def choices() -> list[tuple[str, str]]:
    """Every verb with its label, in the order of the labels."""
    return sorted(((verb, str(label)) for verb, label in _labels().items()), key=lambda one: one[1])
