"""The pages that need no account."""

from collections.abc import Iterator

from tests.browser.visit import Visit, at
from tests.certificates.factories import make_award

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    make_award()
    for name in ("home", "accessibility_statement", "privacy_notice", "register", "verification"):
        yield Visit(None, at(name))
    yield Visit(None, at("register_by_voivodeship"))
    yield Visit(None, at("register_api"))
    yield Visit(None, at("register", query="?q=niemaniczego"))
    yield Visit(None, at("verification", query="?q=CAL/OSL/9/1999"))
    yield Visit(None, at("verification_code", "0" * 26))
    yield Visit(None, at("catalogue"))
    yield Visit(None, at("catalogue_set", house.full_set.code))
