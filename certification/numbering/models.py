"""Numbers given once: cases, certificates, letters."""

from django.db import models


class Counter(models.Model):
    """The last number given in one series in one year; locked while the next is taken."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="numbering_one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.last}/{self.year}"
