"""Where the pages of a round are."""

from django.urls import reverse


def at(name, calibration, *more):
    return reverse(name, args=[calibration.pk, *more])
