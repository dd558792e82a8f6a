"""What other parts of the software show on an institution's page.

An institution's applications and certificates live in higher layers, which this one may not
import. They register a section when they start; it is asked anew for each page.

    @section
    def certificates(user, institution):
        return Section("certificates/_of_institution.html", {"certificates": ...})

The template finds the context as `section`. A section answers None to show nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from institutions.models import Institution, User


@dataclass(frozen=True)
class Section:
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[User, Institution], Section | None]
_makers: list[Maker] = []


def section(maker: Maker) -> Maker:
    """Register a section of the institution's page."""
    _makers.append(maker)
    return maker


def sections_for(user: User, institution: Institution) -> list[Section]:
    made = (maker(user, institution) for maker in _makers)
    return [one for one in made if one is not None]
