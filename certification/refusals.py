"""What a verb refuses is said at the form that asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from certification.errors import CannotDo, TransitionNotAllowed


@contextmanager
def refused_at(form: BaseForm) -> Iterator[None]:
    """Turn CannotDo into an error of the form; what was done already answers with 409.

    with refused_at(form):
        services.submit(application, by=request.user)
        return redirect(application)
    """
    try:
        yield
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
