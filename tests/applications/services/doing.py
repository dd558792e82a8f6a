"""The verbs, each done in the plainest way."""

from datetime import timedelta

from certification import clock
from certification.applications import services
from certification.applications.asking import Wish
from certification.applications.states import Verb
from certification.audit.models import Event


def criterion(application, code="A1.1"):
    return application.criteria().get(code=code)


def verbs_of(application):
    return list(Event.objects.of_case(application).values_list("verb", flat=True))


def do(verb, application):
    by = application.opened_by
    return {
        Verb.SUBMIT: lambda: services.submit(application, by=by, declared=True),
        Verb.TAKE_UP: lambda: services.take_up(application, by=by),
        Verb.ACCEPT: lambda: services.accept(application, by=by),
        Verb.REQUEST_COMPLETION: lambda: services.request_completion(
            application,
            by=by,
            items=[Wish("Brakuje umowy.", criterion(application))],
            working_days=7,
        ),
        Verb.COMPLETE: lambda: services.complete(application, by=by),
        Verb.WITHDRAW: lambda: services.withdraw(application, by=by),
        Verb.LAPSE: lambda: lapse_in_time(application),
    }[verb]()


def lapse_in_time(application):
    """Lapse it on a day when the days of grace are over."""
    with clock.set_to(clock.now() + timedelta(days=60)):
        return services.lapse(application, by=application.opened_by)


OURS = [
    Verb.SUBMIT,
    Verb.TAKE_UP,
    Verb.ACCEPT,
    Verb.REQUEST_COMPLETION,
    Verb.COMPLETE,
    Verb.WITHDRAW,
    Verb.LAPSE,
]
