"""Telling people by e-mail what happened: at once, in a daily summary, or not at all.

notify(members_of(institution), "application_taken_up", kind=Kind.PROGRESS, about=application,
       url=..., application=application)
"""

from .writing import members_of, notify

__all__ = ["members_of", "notify"]
