from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "certification.outbox"
    label = "outbox"

    def ready(self) -> None:
        from certification import chores

        from . import delivery, retention

        chores.register(
            "outbox.deliver",
            label=_("Sending e-mail that waits"),
            every=timedelta(seconds=5),
            do=delivery.deliver_waiting,
        )
        chores.register(
            "outbox.forget",
            label=_("Removing the content of old messages"),
            every=timedelta(days=1),
            do=retention.forget_old,
        )
