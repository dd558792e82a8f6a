"""Who has signed a card and who is awaited."""

from functools import cached_property

from institutions.models import User

from .models import CardSignature, ConsolidatedCard


class Signatures:
    """The signatures of one card as a person reads them; two queries."""

    def __init__(self, card: ConsolidatedCard, reader: User) -> None:
        self.card, self.reader = card, reader
        found = card.signatures.select_related("signed_by")
        self._all: list[CardSignature] = list(found)

    @cached_property
    def standing(self) -> list[CardSignature]:
        return [each for each in self._all if each.taken_back_at is None]

    @cached_property
    def awaited(self) -> list[User]:
        signed = {each.signed_by_id for each in self.standing}
        return [person for person in self.card.signers() if person.pk not in signed]

    @property
    def mine(self) -> CardSignature | None:
        return next((each for each in self.standing if each.signed_by_id == self.reader.pk), None)

    @property
    def awaits_me(self) -> bool:
        return self.reader in self.awaited

    @property
    def taken_back(self) -> CardSignature | None:
        """My last signature, where a change took it back and I have not signed since."""
        if self.mine:
            return None
        mine = [each for each in self._all if each.signed_by_id == self.reader.pk]
        return mine[-1] if mine else None
