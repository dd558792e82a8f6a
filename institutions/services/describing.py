"""What every verb of the library writes beside its own rows: tags, and what lists read."""

from collections.abc import Iterable

from certification.finding import search_text
from institutions.models import Evidence, EvidenceTag


def set_tags(evidence: Evidence, tags: Iterable[str]) -> bool:
    """Give the evidence exactly these tags; says whether that changed anything.

    A tag the institution uses already keeps the capitals it has there, so that one word does
    not become two. Belongs inside the transaction of a verb.
    """
    known = {text.casefold(): text for text in EvidenceTag.objects.used_by(evidence.institution_id)}
    wanted = {known.get(tag.casefold(), tag) for tag in tags}
    present = {tag.text for tag in evidence.tags.all()}
    evidence.tags.filter(text__in=present - wanted).delete()
    added = [
        EvidenceTag(evidence=evidence, institution_id=evidence.institution_id, text=text)
        for text in sorted(wanted - present)
    ]
    EvidenceTag.objects.bulk_create(added)
    return wanted != present


def sum_up(evidence: Evidence) -> None:
    """Write what lists read: how many bytes all versions are, what finds and sorts the evidence.

    It is found by its title, tags, description, file names and addresses, the newest first,
    should there be too much to keep.
    """
    versions = list(evidence.revisions.order_by("-number").values_list("filename", "url", "size"))
    tags = evidence.tags.values_list("text", flat=True)
    evidence.search_text = search_text(
        evidence.title,
        *tags,
        evidence.description,
        *dict.fromkeys(text for *names, _size in versions for text in names if text),
        limit=evidence._meta.get_field("search_text").max_length or 0,
    )
    evidence.size = sum(size for *_names, size in versions)
    evidence.sort_title = search_text(evidence.title, limit=200)
    evidence.save(update_fields=["search_text", "sort_title", "size"])
