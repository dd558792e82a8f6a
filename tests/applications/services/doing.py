"""The verbs, each done in the plainest way."""

from datetime import timedelta

from certification import clock
from certification.applications import services
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
            reason="Brakuje umowy.",
            criteria=[criterion(application)],
            deadline=clock.today() + timedelta(days=7),
        ),
        Verb.COMPLETE: lambda: services.complete(application, by=by),
        Verb.WITHDRAW: lambda: services.withdraw(application, by=by),
    }[verb]()


OURS = [
    Verb.SUBMIT,
    Verb.TAKE_UP,
    Verb.ACCEPT,
    Verb.REQUEST_COMPLETION,
    Verb.COMPLETE,
    Verb.WITHDRAW,
]
