"""Messages in the outbox, without a verb that wrote them."""

from itertools import count
from typing import Any

from certification.outbox.kinds import Kind
from certification.outbox.models import Email

_number = count(1)


def make_email(**fields: Any) -> Email:
    n = next(_number)
    fields.setdefault("to", f"ktos{n}@example.org")
    fields.setdefault("kind", Kind.PROGRESS)
    fields.setdefault("subject", f"Wiadomość {n}")
    fields.setdefault("body", "Dzień dobry.\n")
    return Email.objects.create(language="pl", **fields)
