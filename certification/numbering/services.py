"""Taking the next number.

A counter row locked inside the issuing transaction: a roll-back gives the number back, so
there is no gap, and two issuers wait for each other, so there is no duplicate. (MAX + 1 was
measured to collide on PostgreSQL.)
"""

from django.db import transaction

from .models import Counter


def next_number(series: str, year: int) -> int:
    """Take the next number of a series in a year, from 1. Only inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("next_number() belongs inside the transaction that uses the number")
    Counter.objects.get_or_create(series=series, year=year)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
