"""What a verb answers when it cannot be done. Messages are for people and are translated."""

from django.utils.translation import gettext_lazy as _


class CannotDo(Exception):
    """A verb refused for a reason the person can act on; `str(error)` is shown to them."""


class TransitionNotAllowed(CannotDo):
    """The thing is no longer in a state from which this verb leads on (HTTP 409)."""

    def __init__(self, verb: str, state: str) -> None:
        self.verb, self.state = verb, state
        super().__init__(
            _(
                "This was already done, or somebody else moved the case on in the meantime. "
                "Nothing was changed. Look at where the case stands now."
            )
        )


class Stale(CannotDo):
    """Somebody saved a newer version since this page was opened (HTTP 409).

    `current` is the newer row, so that the page can show both.
    """

    def __init__(self, current: object) -> None:
        self.current = current
        super().__init__(_("Somebody saved a newer version since you opened this page."))


class Unavailable(CannotDo):
    """Something that the verb needs does not answer now; trying again later may help (HTTP 503)."""
