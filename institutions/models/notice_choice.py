"""How a person wants to be told of what need not reach them at once."""

from django.db import models

from certification.outbox.kinds import OPTIONAL, Kind
from institutions.models.user import User
from institutions.states import Pace


class NoticeChoice(models.Model):
    """A kind of notice that a person does not get in the usual way, which is at once."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    pace = models.CharField(max_length=10, choices=Pace.choices)

    class Meta:
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="institutions_one_choice_of_notices"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OPTIONAL), name="institutions_choice_of_optional"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.get_pace_display()}"
