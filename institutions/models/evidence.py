"""An institution's library of evidence. A revision, once added, never changes."""

import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from certification import clock, finding
from certification.audit.append_only import never_changed
from certification.standards.models import EvidenceType
from institutions.reading import READABLE
from institutions.tags import MAX_LENGTH
from institutions.uploads.kinds import TYPES

from .institution import Institution
from .user import User


class Form(models.TextChoices):
    """How the evidence is given."""

    FILE = "file", pgettext_lazy("form of evidence", "file")
    LINK = "link", pgettext_lazy("form of evidence", "link")
    NOTE = "note", pgettext_lazy("form of evidence", "note")


KIND_OF = {type_.content_type: str(type_.kind) for type_ in TYPES}

# What a browser may show inside our page. Anything else is only ever saved: office files are read
# page by page (institutions/reading), and a type we do not expect must not become a page of ours.
SHOWN_INLINE = frozenset(
    {
        *("application/pdf", "image/jpeg", "image/png", "image/webp", "text/plain"),
        *("video/mp4", "audio/mpeg"),
    }
)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        """An institution's library is open to its own people only.

        Others see single revisions, through the case that cites them.
        """
        return self.filter(institution__in=user.institution_ids)

    def matching(self, text: str) -> "EvidenceQuerySet":
        """Evidence that has every word of `text` in its title, description, tags, file names
        or addresses; capitals and Polish letters do not matter.
        """
        return self.filter(finding.matching(text))

    def tagged(self, text: str, *, of: Iterable[int]) -> "EvidenceQuerySet":
        """Evidence with this tag, in the libraries of these institutions."""
        tags = EvidenceTag.objects.filter(institution__in=of, text=text)
        return self.filter(pk__in=tags.order_by().values("evidence"))

    def concerning(self, first: date | None, last: date | None) -> "EvidenceQuerySet":
        """Evidence of a time that touches these days, both inclusive; None leaves an end open.

        Evidence that names no time is not among it.
        """
        found = self.exclude(occurred_from=None, occurred_to=None)
        if first:
            found = found.filter(Q(occurred_to=None) | Q(occurred_to__gte=first))
        if last:
            found = found.filter(Q(occurred_from=None) | Q(occurred_from__lte=last))
        return found

    def by_title(self) -> "EvidenceQuerySet":
        """In the order of folded titles, which both databases know."""
        return self.order_by("sort_title", "pk")

    def by_time(self) -> "EvidenceQuerySet":
        """The latest time first; evidence that names none comes last."""
        ended = Coalesce("occurred_to", "occurred_from").desc(nulls_last=True)
        return self.order_by(ended, "-added_at", "-pk")

    def with_latest(self) -> "EvidenceQuerySet":
        """Attach `latest` (the newest revision) to each, in one more query.

        That loads no older version, and no text of a note.
        """
        newest = EvidenceRevision.objects.newest().defer("text").order_by("pk")
        return self.prefetch_related(models.Prefetch("revisions", newest, to_attr="newest_first"))


class Evidence(models.Model):
    """One piece of evidence; `occurred_from/to` is what it is about, not when it was added."""

    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="evidence",
        verbose_name=_("institution"),
    )
    title = models.CharField(_("title"), max_length=200)
    type = models.ForeignKey(
        EvidenceType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of evidence")
    )
    form = models.CharField(max_length=10, choices=Form.choices, editable=False)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    occurred_from = models.DateField(_("concerns the time from"), null=True, blank=True)
    occurred_to = models.DateField(_("to"), null=True, blank=True)
    search_text = models.CharField(max_length=4000, blank=True, default="", editable=False)
    sort_title = models.CharField(max_length=200, blank=True, default="", editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)  # bytes, of all its versions
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    newest_first: "list[EvidenceRevision]"  # attached by with_latest()

    class Meta:
        ordering = ["-added_at", "-pk"]
        indexes = [
            models.Index(
                fields=["institution", "-added_at", "-id"], name="institutions_library_in_order"
            ),
            models.Index(fields=["institution", "type"], name="institutions_library_by_kind"),
            models.Index(fields=["institution", "size"], name="institutions_size_of_library"),
            models.Index(
                fields=["institution", "sort_title", "id"], name="institutions_library_by_title"
            ),
            # all that sorting by time reads: no row is touched for it
            models.Index(
                fields=["institution", "occurred_to", "occurred_from", "added_at", "id"],
                name="institutions_library_by_time",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_from=None)
                | Q(occurred_to=None)
                | Q(occurred_to__gte=F("occurred_from")),
                name="institutions_evidence_time_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence_detail", args=[self.pk])

    @property
    def whole_year(self) -> int | None:
        """The year it concerns, when it is one whole calendar year."""
        first, last = self.occurred_from, self.occurred_to
        if not first or not last or first.year != last.year:
            return None
        is_whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        return first.year if is_whole else None

    @property
    def time_in_words(self) -> str:
        """The time it concerns, shortly: a day, a span, a whole year; empty where it has none."""
        if year := self.whole_year:
            return str(year)
        first, last = _day(self.occurred_from), _day(self.occurred_to)
        if first and last:
            return first if first == last else f"{first} – {last}"
        if first:
            return gettext("since %(day)s") % {"day": first}
        return gettext("until %(day)s") % {"day": last} if last else ""

    @property
    def latest(self) -> "EvidenceRevision":
        """The newest revision; there is always one."""
        if hasattr(self, "newest_first"):
            return self.newest_first[0]
        return self.revisions.order_by("-number")[0]


def _day(day: date | None) -> str:
    return f"{day.day}.{day:%m.%Y}" if day else ""


class EvidenceTagQuerySet(models.QuerySet["EvidenceTag"]):
    def used_by(self, *institutions: int) -> "models.QuerySet[EvidenceTag, str]":
        """The words in use in the libraries of these institutions, each once, in order."""
        mine = self.filter(institution__in=institutions)
        return mine.order_by("text").values_list("text", flat=True).distinct()


class EvidenceTag(models.Model):
    """A word the institution itself chose to find its evidence by.

    `institution` is that of the evidence: its words are listed without looking through its library.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="tags")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    text = models.CharField(_("tag"), max_length=MAX_LENGTH)

    objects = EvidenceTagQuerySet.as_manager()

    class Meta:
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                "evidence", Lower("text"), name="institutions_one_tag_of_evidence"
            )
        ]
        indexes = [
            models.Index(
                fields=["institution", "text", "evidence"], name="institutions_tags_of_library"
            )
        ]

    def __str__(self) -> str:
        return self.text


def stored_path(revision: "EvidenceRevision", filename: str) -> str:
    """A UUID on disk; the name people gave is a column and never a path."""
    return f"evidence/{revision.evidence.institution_id}/{uuid.uuid4()}{PurePath(filename).suffix}"


class EvidenceRevisionQuerySet(models.QuerySet["EvidenceRevision"]):
    def newest(self) -> "EvidenceRevisionQuerySet":
        """Of each piece of evidence the newest version."""
        newer = EvidenceRevision.objects.filter(
            evidence=models.OuterRef("evidence"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer)).order_by()


@never_changed
class EvidenceRevision(models.Model):
    """One version of a piece of evidence: a file, an address or a note, with its SHA-256.

    It never changes. It may go only while no citation and no dossier points at it.
    `personal_numbers` is how many PESEL numbers its text seems to hold.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(upload_to=stored_path, blank=True, max_length=200)
    filename = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    text = models.TextField(_("note"), blank=True)
    sha256 = models.CharField(max_length=64)
    personal_numbers = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)

    objects = EvidenceRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["evidence", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "number"], name="institutions_one_revision_number"
            ),
            models.CheckConstraint(
                condition=(~Q(file="") & Q(url="", text=""))
                | (Q(file="", text="") & ~Q(url=""))
                | (Q(file="", url="") & ~Q(text="")),
                name="institutions_revision_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence}, {self.number}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_film(self) -> bool:
        return self.content_type.startswith("video/")

    @property
    def is_sound(self) -> bool:
        return self.content_type.startswith("audio/")

    @property
    def kind(self) -> str:
        """A word of uploads.Kind, '' where there is no file or its type is not known."""
        return KIND_OF.get(self.content_type, "") if self.file else ""

    @property
    def has_pages(self) -> bool:
        """Whether the file is shown page by page, read on the server."""
        return self.kind in READABLE

    @property
    def is_pdf(self) -> bool:
        return self.content_type == "application/pdf"

    @property
    def can_be_shown(self) -> bool:
        """Whether the file can be looked at in the page, without saving it."""
        return bool(self.file) and self.content_type in SHOWN_INLINE
