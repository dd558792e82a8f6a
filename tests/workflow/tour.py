"""A walk to every verb, so that chance leaves none of them out."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from certification.applications.states import Verb

from .machine import Walk


def tour(walk: Walk) -> Iterator[Callable[[], Any]]:
    yield from _written(walk)
    yield from _handed_in(walk)
    yield from _renewed(walk)


def _written(walk: Walk) -> Iterator[Callable[[], Any]]:
    yield walk.answers_everything
    for _each in range(2):
        yield partial(walk.looks_and_saves, "A1.1", False, 2, False, True)
    yield partial(walk.brings_back, 0)
    yield partial(walk.comments, "A1.1", "Kto to wie?")
    for verb in (Verb.EDIT_COMMENT, Verb.SETTLE_COMMENT, Verb.REOPEN_COMMENT, Verb.DELETE_COMMENT):
        yield partial(walk.minds_a_comment, verb)
    for which in (0, 1):
        yield partial(walk.cites, "A1.1", which)
    for verb in (Verb.CHANGE_PLACE, Verb.CITE_NEWEST, Verb.UNCITE):
        yield partial(walk.cites_otherwise, verb, 4)
    yield walk.publishes_edition
    yield walk.changes_edition


def _handed_in(walk: Walk) -> Iterator[Callable[[], Any]]:
    yield partial(walk.submits, True)
    yield walk.prints_papers
    for verb in (Verb.REFUSE_PAPER, Verb.ACCEPT_PAPER):
        yield walk.signs
        yield partial(walk.looks_at_paper, verb, "Raz jeszcze.")
    yield partial(walk.writes, "Raz jeszcze.", False, True)
    yield walk.takes_up
    yield partial(walk.goes_on, False)  # completion is asked for
    yield walk.prints_papers
    for answer in (walk.refuses_extension, partial(walk.extends, 3)):
        yield partial(walk.asks_for_time, "Ferie.")
        yield partial(answer, "Raz jeszcze.")
    for _each in range(5):  # completed, accepted, referred, granted, certified
        yield partial(walk.goes_on, True)


def _renewed(walk: Walk) -> Iterator[Callable[[], Any]]:
    yield walk.opens
    yield walk.confirms
    for _each in range(2):
        yield partial(walk.goes_on, True)
    yield walk.declares_conflict
    yield partial(walk.reviews_conflict, "Nic z tego nie wynika.")
    yield partial(walk.goes_on, False)
    yield partial(walk.lets_lapse, True)
    yield walk.opens
    yield partial(walk.withdraws, 9)
    for _each in range(5):
        yield partial(walk.goes_on, True)
    yield partial(walk.decides, Verb.REFUSE)
