"""Pointers in the texts of ratings, as links."""

from django import template
from django.utils.safestring import SafeString

from certification.assessments.marks.texts import Marks, linked

register = template.Library()


@register.filter
def with_marks(text: str, marks: Marks) -> SafeString:
    """The text, escaped, with `[1]` as a link to the place it points at."""
    return linked(text, marks)
