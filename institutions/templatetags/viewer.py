"""Marks what was looked for in the text of a document."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from institutions.reading.passages import span_of
from institutions.reading.searching import marks, pieces, words_of
from institutions.viewing.looking import FITTING, srcset_of
from institutions.viewing.spots import Quoted, Spot, quoted

register = template.Library()


@register.filter
def marked(text: str, words: str) -> str | SafeString:
    """The text, escaped, with `<mark>` around what is quoted of it, else around the words;
    Polish letters are folded.
    """
    if isinstance(text, Quoted):
        return _marked_up(pieces(text, _by_line(text, *text.span)), "<mark data-spot>")
    found = marks(text, words_of(words)) if words else []
    return as_marked(pieces(text, found)) if found else text


@register.filter
def with_quoted(text: str, spot: Spot | None) -> str | SafeString:
    """A note with the words of the spot marked."""
    passage = spot.passage if spot else None
    return marked(quoted(text, span_of(text, passage)), "") if passage else text


def _by_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span cut at the ends of lines, so that no mark goes over a paragraph's end."""
    lines = re.finditer(r"[^\r\n]+", text[start:end])
    return [(start + line.start(), start + line.end()) for line in lines]


@register.filter
def as_marked(snippet: list[tuple[str, bool]]) -> SafeString:
    """Pieces of text, each with whether it is what was looked for."""
    return _marked_up(snippet, "<mark>")


def _marked_up(snippet: list[tuple[str, bool]], mark: str) -> SafeString:
    return format_html_join(
        "",
        "{}{}{}",
        (
            (SafeString(mark if is_found else ""), text, SafeString("</mark>" if is_found else ""))
            for text, is_found in snippet
        ),
    )


@register.simple_tag
def early_picture(page: str) -> SafeString:
    """Have the browser ask for a drawn page beside its text, and not after it."""
    link = '<link rel="preload" as="image" imagesrcset="{}" imagesizes="{}">'
    return format_html(link, srcset_of(page), FITTING)
