"""Who may see the catalogue before it is published, and change it."""

from typing import Any

import rules

ADMINISTRATOR = "administrator"  # of institutions.states.Role, which stands above this layer


@rules.predicate
def keeps_catalogue(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_role(ADMINISTRATOR))


for verb in ("see_draft", "edit_edition", "publish_edition", "retire_edition"):
    rules.add_perm(f"standards.{verb}", keeps_catalogue)
