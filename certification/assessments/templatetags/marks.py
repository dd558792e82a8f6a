"""Pointers in the texts of ratings, as links, and what makes them."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from certification.assessments.marks.texts import Marks, linked
from institutions.models import EvidenceRevision

register = template.Library()


@register.filter
def with_marks(text: str, marks: Marks) -> SafeString:
    """The text, escaped, with `[1]` as a link to the place it points at."""
    return linked(text, marks)


@register.simple_tag
def cite_buttons(revision: EvidenceRevision) -> SafeString:
    """The buttons that cite a place in evidence of this kind."""
    return _cite_buttons(
        get_language(),
        has_words=revision.has_pages or not revision.file,
        has_pages=revision.has_pages,
        has_regions=revision.is_pdf or revision.is_picture,
        has_times=revision.is_film or revision.is_sound,
    )


@cache
def _cite_buttons(_language: str, **has: bool) -> SafeString:
    """Drawn once for each language and kind: there is a bar beside every piece of evidence."""
    return render_to_string("assessments/_cite_buttons.html", has)
