"""What higher layers show on a lower layer's page.

The page of an institution shows its applications, which a higher layer knows and this one may
not import. A page that others add to keeps a list of its own; they register a maker when
they start, and it is asked anew for each page:

    on_institution = Sections()                # beside the page's view
    on_institution.register(applications_of)   # in the higher app's ready()

A maker answers None to show nothing. The template finds the context as `section`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Section:
    template: str
    context: dict[str, Any] = field(default_factory=dict)


class Sections:
    """The makers of one page, in the order in which the layers start."""

    def __init__(self) -> None:
        self.makers: list[Callable[[Any, Any], Section | None]] = []

    def register(self, maker: Callable[[Any, Any], Section | None]) -> None:
        self.makers.append(maker)

    def made_for(self, user: Any, thing: Any) -> list[Section]:
        """The sections this person sees on the page of `thing`."""
        made = (maker(user, thing) for maker in self.makers)
        return [one for one in made if one is not None]
