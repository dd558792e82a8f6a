"""Where a request for completion stands at a moment, which the page names."""

from datetime import datetime

from django import template

from certification.applications.models import CompletionRequest

register = template.Library()


@register.filter
def is_late(request: CompletionRequest, moment: datetime) -> bool:
    return request.is_late_at(moment)


@register.filter
def may_lapse(request: CompletionRequest, moment: datetime) -> bool:
    return request.may_lapse_at(moment)
