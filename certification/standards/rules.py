"""Who may see the catalogue before it is published."""

from typing import Any

import rules

ADMINISTRATOR = "administrator"  # of institutions.states.Role, which stands above this layer


@rules.predicate
def keeps_catalogue(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_role(ADMINISTRATOR))


rules.add_perm("standards.see_draft", keeps_catalogue)
