"""Marks what was looked for in the text of a document."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from institutions.reading.searching import marks, pieces, words_of

register = template.Library()


@register.filter
def marked(text: str, words: str) -> str | SafeString:
    """The text, escaped, with `<mark>` around the words; Polish letters are folded."""
    found = marks(text, words_of(words)) if words else []
    return as_marked(pieces(text, found)) if found else text


@register.filter
def as_marked(snippet: list[tuple[str, bool]]) -> SafeString:
    """Pieces of text, each with whether it is what was looked for."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (_mark("<mark>", is_found), text, _mark("</mark>", is_found))
            for text, is_found in snippet
        ),
    )


def _mark(tag: str, is_found: bool) -> SafeString:
    return SafeString(tag if is_found else "")
