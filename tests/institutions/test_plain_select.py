"""A select drawn in one piece says what Django's own does, and lets no markup through."""

import re

import pytest
from django import forms

from institutions.forms.library_filter import PlainSelect

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
