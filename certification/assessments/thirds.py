"""What a card shows of a third assessor."""

from functools import cached_property

from institutions.models import User

from .models import Assignment, ConsolidatedCard, ThirdOpinion


class Thirds:
    """The third opinion that is asked for or awaited on an open card; at most three queries."""

    def __init__(self, card: ConsolidatedCard, reader: User) -> None:
        self.card, self.reader = card, reader

    @cached_property
    def _last(self) -> ThirdOpinion | None:
        if self.card.is_closed:
            return None
        asked = ThirdOpinion.objects.filter(application=self.card.application_id)
        people = asked.select_related("asked_by", "withdrawn_by")
        return people.prefetch_related("criteria").last()

    @property
    def asked(self) -> ThirdOpinion | None:
        """Nobody is chosen yet."""
        return self._last if self._last and self._last.is_waiting else None

    @property
    def withdrawn(self) -> ThirdOpinion | None:
        """The last request, where it was withdrawn."""
        return self._last if self._last and self._last.is_withdrawn else None

    @cached_property
    def awaited(self) -> Assignment | None:
        """Chosen, and not submitted yet."""
        if self.card.is_closed:
            return None
        thirds = Assignment.objects.still_judging().third()
        mine = thirds.filter(application=self.card.application_id)
        return mine.select_related("assessor").prefetch_related("criteria").first()

    @property
    def may_ask(self) -> bool:
        free = not self.card.is_closed and not self.asked and not self.awaited
        return free and self.reader.has_perm("assessments.ask_third", self.card)

    @property
    def may_withdraw(self) -> bool:
        """What was asked for, as long as nobody who was chosen for it has begun."""
        if self._last is None or self._last.is_withdrawn:
            return False
        chosen = self.awaited
        begun = chosen is None or chosen.pk != self._last.assignment_id or chosen.is_declared
        free = self._last.is_waiting or not begun
        return free and self.reader.has_perm("assessments.withdraw_third", self.card)

    @property
    def may_assign(self) -> bool:
        free = not self.card.is_closed and not self.awaited
        return free and self.reader.has_perm("assessments.assign_third", self.card)
