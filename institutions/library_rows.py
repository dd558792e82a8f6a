"""What a list says of each piece of a library: read in three queries, put into words here.

A list is long and a template slow: a row comes to it as words it only has to place.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from institutions import keeping
from institutions.models import Evidence, EvidenceRevision, EvidenceTag
from institutions.models.evidence import Form

UNSHOWN = ("description", "search_text", "sort_title")


class Row(NamedTuple):
    """One piece of evidence and its newest version."""

    evidence: Evidence
    newest: EvidenceRevision
    tags: Sequence[str]
    is_used: bool

    @property
    def icon(self) -> str:
        """What `file_icon` chooses by."""
        return self.newest.content_type or self.evidence.form

    @property
    def added_on(self) -> str:
        day = localtime(self.newest.added_at)
        return f"{day.day}.{day:%m.%Y}"

    @property
    def details(self) -> str:
        """Its form, how large the file is, and which version, where there are several."""
        said = [str(Form(self.evidence.form).label)]
        if self.newest.size:
            said.append(filesizeformat(self.newest.size))
        if self.newest.number > 1:
            said.append(_("version %(number)s") % {"number": self.newest.number})
        return ", ".join(said)


def rows_of(keys: Sequence[int], *, libraries: Collection[int]) -> list[Row]:
    """The rows of these pieces of evidence, in the order of the keys.

    `libraries` are the institutions they are of; where there are several, each row knows its own.
    """
    related = ["evidence__type", *["evidence__institution"][: len(libraries) - 1]]
    described = (
        EvidenceRevision.objects.newest()
        .filter(evidence__in=keys)
        .select_related(*related)
        .defer("text", *(f"evidence__{name}" for name in UNSHOWN))
    )
    used, tags = keeping.used_among(keys, libraries), _tags_of(keys)
    rows = {
        newest.evidence_id: Row(
            newest.evidence, newest, tags[newest.evidence_id], newest.evidence_id in used
        )
        for newest in described
    }
    return [rows[pk] for pk in keys]


def _tags_of(keys: Sequence[int]) -> defaultdict[int, list[str]]:
    tags = defaultdict(list)
    for pk, text in EvidenceTag.objects.filter(evidence__in=keys).values_list("evidence", "text"):
        tags[pk].append(text)
    return tags
