"""Answers are written in a small part of Markdown: paragraphs, lists, bold and italics.

The text is stored as it was typed and drawn anew each time, so nothing a person wrote is ever
changed by the program. Whatever is not of that part (HTML, links, pictures, headings) is text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

LONGEST = 100_000  # characters; what is longer is shown as it was typed
DEEPEST_LIST = 3  # a list in a list in a list; deeper ones stay text
DEEPEST_STRESS = 3

_MARKER = re.compile(r"(^|\n)[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


@lru_cache(maxsize=2048)  # one page shows 54 answers, again and again
def to_html(markdown: str) -> SafeString:
    """The text as safe HTML of p, br, ul, ol, li, strong and em. Same text, same HTML."""
    if len(markdown) > LONGEST:
        return mark_safe(linebreaks(markdown, autoescape=True))  # noqa: S308 - escaped there
    return mark_safe(_MARKDOWN.render(markdown))  # noqa: S308 - html is off, see the tests


def to_plain(markdown: str) -> str:
    """The text without its marks, a line for each line and list item: for previews and lengths."""
    if len(markdown) > LONGEST:
        return markdown
    return "\n".join(_lines(_MARKDOWN.parse(markdown)))


def word_count(markdown: str) -> int:
    """How many words a Pole would count: what stands between spaces and holds a letter or digit.

    „Co dzień – ok. 5 osób” has five. Numbers of list items do not count. static/js/word-count.js
    counts the same way.
    """
    text = _MARKER.sub(r"\1", markdown)
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _lines(tokens: list[Token]) -> Iterator[str]:
    before = ""
    numbers: list[int | None] = []  # of each list we are in: the next number, None for bullets
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            is_numbered = token.type == "ordered_list_open"
            numbers.append(int(token.attrs.get("start", 1)) if is_numbered else None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            before = "• " if number is None else f"{number}. "
            numbers[-1] = None if number is None else number + 1
        elif token.type == "inline":
            yield before + "".join(_plain(child) for child in token.children or [])
            before = ""


def _plain(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < 2 * DEEPEST_LIST and list_block(state, start, end, silent)


def _outdented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether a line ends the paragraph of an item: one that begins at the margin is no part of it.

    Markdown lets an item go on without an indent, which nobody here means.
    """
    return silent and state.sCount[start] < state.blkIndent


def _shallow_stress(state: StateCore) -> None:
    """Turn marks of bold and italics nested deeper than anybody means into text again."""
    for block in state.tokens:
        depth = 0
        for token in block.children or []:
            depth += token.nesting == 1
            is_too_deep = depth > DEEPEST_STRESS
            depth -= token.nesting == -1
            if token.nesting and is_too_deep:
                token.type, token.tag, token.nesting, token.content = "text", "", 0, token.markup


def _build() -> MarkdownIt:
    options: dict[str, Any] = {"breaks": True, "html": False, "maxNesting": 100}
    markdown = MarkdownIt("zero", options)
    markdown.enable(["list", "emphasis", "escape", "newline"])
    markdown.block.ruler.at("list", _shallow_list, {"alt": ["paragraph"]})
    markdown.block.ruler.before("list", "outdented", _outdented, {"alt": ["paragraph"]})
    markdown.core.ruler.after("inline", "shallow_stress", _shallow_stress)
    return markdown


_MARKDOWN = _build()
