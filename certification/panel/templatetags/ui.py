"""The few words the components need that Django's template language lacks."""

from collections.abc import Iterable
from functools import cache

from django import template
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from certification.markup import to_html, to_plain, word_count
from certification.panel.context import NavItem

register = template.Library()
register.filter("markup", to_html)
register.filter("plain", to_plain)
register.filter("words", word_count)

CURRENT = {True: mark_safe(' aria-current="page"'), False: ""}
TONES = {
    "draft": "neutral",
    "submitted": "info",
    "formal_check": "progress",
    "completion": "warning",
    "assessment": "progress",
    "committee": "progress",
    "board": "progress",
    "certified": "success",
    "approved": "success",
    "refused": "danger",
    "appeal": "warning",
    "upcoming": "info",
    "valid": "success",
    "expiring": "warning",
    "expired": "neutral",
    "withdrawn": "danger",
    "charged": "warning",
    "dropped": "success",
    "annulled": "success",
    "lapsed": "danger",
    "superseded": "neutral",
    "published": "success",
    "retired": "neutral",
    # of a standard on the consolidated card
    "exemplary": "success",
    "met": "success",
    "unmet": "danger",
    # of site visits
    "proposed": "info",
    "countered": "warning",
    "agreed": "success",
    "took_place": "progress",
    "presented": "warning",
    "confirmed": "success",
    "unconfirmed": "neutral",
    "cancelled": "neutral",
    # of print runs
    "working": "progress",
    "paused": "warning",
    "done": "success",
    "gaps": "warning",
    # of e-mail
    "waiting": "info",
    "sending": "info",
    "held": "info",
    "sent": "success",
    "gathered": "success",
    "failed": "danger",
    "stopped": "neutral",
}

ICONS_BY_EXTENSION = {
    "csv": "sheet",
    "xlsx": "sheet",
    "ods": "sheet",
    "jpeg": "image",
    "jpg": "image",
    "png": "image",
    "webp": "image",
    "mp3": "film",
    "mp4": "film",
    "link": "link",
    "note": "note",
}


@register.filter
def tone(state: str) -> str:
    """Turn a state's code into the tone of its badge; an unknown code is neutral."""
    return TONES.get(str(state), "neutral")


@register.filter
def is_longer(text: str, limit: int) -> bool:
    """Tell whether a text has more words than that."""
    return word_count(text) > limit


@register.filter
def file_icon(kind: str) -> str:
    """Choose an icon by MIME type, by extension, or by the kinds "link" and "note"."""
    family, _, subtype = str(kind).lower().partition("/")
    if family == "image":
        return "image"
    if family in {"audio", "video"}:
        return "film"
    if "spreadsheet" in subtype:
        return "sheet"
    return ICONS_BY_EXTENSION.get(subtype or family.lstrip("."), "file")


@register.simple_tag
def unchanging(name: str) -> SafeString:
    """A part of every page that depends on the language alone: each process draws it once."""
    return _drawn(name, get_language())


@cache
def _drawn(name: str, language: str) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def nav_links(items: Iterable[NavItem], style: str) -> SafeString:
    """The items of a list of links, drawn here: a template's loop takes five times as long."""
    row = '<li><a class="{}" href="{}"{}>{}</a></li>'
    return format_html_join("", row, ((style, i.url, CURRENT[i.current], i.label) for i in items))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The icon of `components/icon.html`, drawn once: for long tables, where an include is slow."""
    return render_to_string("components/icon.html", {"name": name})


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last word: "Anna Maria Nowak" gives "AN"."""
    words = str(name).split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


@register.filter
def page_window(paginator: Paginator, number: int) -> list[int | None]:
    """Page numbers to show around `number`; None stands for a gap."""
    pages: Iterable[int | str] = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in pages]


@register.simple_tag
def crumbs(*labels_and_urls: str) -> list[tuple[str, str]]:
    """Pair up `label url label url …` for the page header's `crumbs`."""
    return list(zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True))
