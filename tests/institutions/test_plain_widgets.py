"""What is drawn in one piece says what Django's own widgets do, and lets no markup through."""

import re

import pytest
from django import forms

from institutions.forms.library_filter import PlainInput, PlainSelect

OPTION = re.compile("<option.*?</option>")
CHOICES = [("", "wybierz…"), (1, 'Zdjęcia "z festynu" <b>'), (2, "Plan & umowa")]


@pytest.mark.parametrize("value", ["", None, 1, "2", "<script>"])
def test_it_is_the_select_of_django(value):
    attrs = {"id": "id_rodzaj", "required": True}
    plain = PlainSelect()
    plain.choices = CHOICES
    ours = plain.render("rodzaj", value, attrs)
    theirs = forms.Select(choices=CHOICES).render("rodzaj", value, attrs)
    assert OPTION.findall(ours) == OPTION.findall(theirs)
    assert ours.startswith('<select class="form-select" id="id_rodzaj" name="rodzaj" required>')


@pytest.mark.parametrize("value", ["", None, 2016, 'Łódź "<b>'])
def test_input_is_the_one_of_django(value):
    attrs = {"id": "id_q", "maxlength": "100"}
    ours = PlainInput(type="search", placeholder="tytuł").render("q", value, attrs)
    given = {"type": "search", "class": "form-control", "placeholder": "tytuł"}
    theirs = forms.TextInput(attrs=given).render("q", value, attrs)
    assert attributes(ours) == attributes(theirs)


def attributes(tag):
    return sorted(re.findall(r'[\w-]+="[^"]*"', tag))
