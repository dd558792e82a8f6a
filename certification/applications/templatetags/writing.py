"""The index of criteria: as long as the whole application, on each page of it, and therefore drawn
here, where it takes a tenth of what a template's loops take.
"""

from functools import cache
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from certification.applications.reading import Progress
from certification.applications.writing import AreaSteps, StandardSteps, Step

register = template.Library()

CODE = "@"  # stands for a code in an address: reversing each takes longer than all the rest


@register.simple_tag
def steps_of(view: AreaSteps, to_standard: str, to_answer: str, here: str) -> SafeString:
    """The standards of an area, each with its criteria.

    The addresses hold CODE where the code goes; `here` is the code of where one is.
    """
    said = _said(get_language())
    drawn = []
    for group in view.standards:
        steps = "".join(_step(step, to_answer, said, here) for step in group.steps)
        drawn.append(
            f'<p class="writing-index__standard">{_standard(group, to_standard, here)}</p>'
            f'<ul class="writing-index__steps">{steps}</ul>'
        )
    return mark_safe("".join(drawn))  # noqa: S308 - escaped piece by piece


@cache
def _said(language: str) -> dict[Progress, tuple[str, str]]:
    """How far an answer is: as an attribute, and in words after its code."""
    heard = '<span class="visually-hidden">, {}</span>'
    return {
        each: (format_html(' data-progress="{}"', each), format_html(heard, each.label))
        for each in Progress
    }


def _standard(group: StandardSteps, to_standard: str, here: str) -> str:
    code, name = escape(group.standard.code), escape(str(group.standard))
    if not group.is_open:
        return name
    return f'<a href="{to_standard.replace(CODE, code)}"{_current(code, here)}>{name}</a>'


def _step(step: Step, to_answer: str, said: dict[Progress, tuple[str, str]], here: str) -> str:
    code = escape(step.criterion.code)
    attribute, heard = said[step.progress]
    address = f' href="{to_answer.replace(CODE, code)}"' if step.is_open else ""
    return f'<li><a class="step"{address}{attribute}{_current(code, here)}>{code}{heard}</a></li>'


def _current(code: str, here: str) -> str:
    return ' aria-current="page"' if code == here else ""
