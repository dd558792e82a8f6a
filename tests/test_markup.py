"""Answers are written in a small part of Markdown, which shows nothing but what was written."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.markup import DEEPEST_LIST, LONGEST, to_html, to_plain, word_count

MARKS = "*_-+.)\\ \n\t"


class Seen(HTMLParser):
    """What a browser would make of it: the tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.deepest = self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.depth += tag != "br"
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("Ala\nma kota", "<p>Ala<br>\nma kota</p>\n"),
        ("Ala\n\nma kota", "<p>Ala</p>\n<p>ma kota</p>\n"),
        ("**Ala** i *Ola*", "<p><strong>Ala</strong> i <em>Ola</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("Robimy:\n- a", "<p>Robimy:</p>\n<ul>\n<li>a</li>\n</ul>\n"),
        ("- a\ndalej", "<ul>\n<li>a</li>\n</ul>\n<p>dalej</p>\n"),
        ("- a\n  dalej", "<ul>\n<li>a<br>\ndalej</li>\n</ul>\n"),
        ("2. a\n3. b", '<ol start="2">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("– półpauza to nie lista", "<p>– półpauza to nie lista</p>\n"),
        ("nazwa_pliku_z_2024", "<p>nazwa_pliku_z_2024</p>\n"),
        (r"\*bez pochylenia\*", "<p>*bez pochylenia*</p>\n"),
    ],
)
def test_to_html(markdown, html):
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg/onload=alert(1)>',
        "**<b onclick=alert(1)>**",
        "- <iframe srcdoc='<script>'>",
        "&lt;script&gt;",
        "<!-- --><![CDATA[<script>]]>",
    ],
)
def test_html_is_text(hostile):
    seen = Seen(to_html(hostile))
    assert set(seen.tags) <= {"p", "strong", "ul", "li"}
    assert seen.attributes == []
    assert hostile.strip("*- ") in seen.text


@pytest.mark.parametrize(
    "other",
    [
        "# nagłówek",
        "> cytat",
        "`kod`",
        "[link](javascript:alert(1))",
        "![obraz](https://example.org/x.png)",
        "<https://example.org>",
        "https://example.org",
        "[a]: https://example.org",
        "|a|b|",
    ],
)
def test_the_rest_of_markdown_is_text(other):
    seen = Seen(to_html(other))
    assert (seen.tags, seen.text.strip()) == (["p"], other)


@given(st.text(alphabet=st.sampled_from(MARKS + "aą1<>&\"'#`~|[]()!:/"), max_size=300))
def test_anything_gives_only_our_tags_and_keeps_the_letters(text):
    seen = Seen(to_html(text))
    assert set(seen.tags) <= {"p", "br", "ul", "ol", "li", "strong", "em"}
    assert {name for name, _value in seen.attributes} <= {"start"}
    letters = [letter for letter in text if letter in "aą<>&\"'#`~|[]!:/"]
    assert [letter for letter in seen.text if letter in "aą<>&\"'#`~|[]!:/"] == letters


@pytest.mark.parametrize(
    "hostile",
    [
        "*" * 10_000 + "x" + "*" * 10_000,
        "*a " * 3_000 + "b* " * 3_000,
        "_*" * 5_000,
        "- " * 5_000,
        "\n".join("  " * level + "- x" for level in range(150)),
        "1) " * 3_300,
        "\\" * 10_000,
        "[(" * 5_000,
        "\n- " * 3_300,
        "**a" * 3_300,
    ],
    ids=lambda text: text[:8],
)
def test_deep_nesting_stays_shallow(hostile):
    seen = Seen(to_html(hostile))
    assert seen.deepest <= 2 * DEEPEST_LIST + 1 + 3
    assert seen.text.count("x") == hostile.count("x")


def test_what_is_too_long_is_shown_as_typed():
    seen = Seen(to_html("**<b>**\n" * LONGEST))
    assert set(seen.tags) == {"p", "br"}
    assert seen.text.startswith("**<b>**")


def test_same_text_same_html():
    text = "**a** *b*\n\n1. c\n   - d"
    assert to_html(text) == to_html.__wrapped__(text)  # kept, and drawn anew


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("**Ala** ma\nkota\n\ni *psa*", "Ala ma\nkota\ni psa"),
        ("- a\n- b\n  1. c\n  2. d\n- e", "• a\n• b\n1. c\n2. d\n• e"),
        (r"5 \* 3 < 20 & dalej", "5 * 3 < 20 & dalej"),
    ],
)
def test_to_plain(markdown, plain):
    assert to_plain(markdown) == plain


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("", 0),
        ("Co dzień – ok. 5 osób", 5),
        ("**biało-czerwony** dom", 2),
        ("1. raz\n2. dwa\n- trzy", 3),
        ("w\u00a0domu", 2),
        ("… — *** - ?", 0),
        ("2024 r., s. 4", 4),
        ("\n\n  zażółć\tgęślą\njaźń\n", 3),
    ],
)
def test_word_count(markdown, words):
    assert word_count(markdown) == words
