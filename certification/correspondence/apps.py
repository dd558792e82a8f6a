from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "certification.correspondence"
    label = "correspondence"

    def ready(self) -> None:
        from certification import chores
        from certification.applications import ties
        from institutions.services import cleaning

        from . import services
        from .models import Attachment, Message
        from .states import Side

        ties.register(
            ties.Tie(
                lambda: Message.objects.filter(side=Side.INSTITUTION),
                "author",
                "application__institution",
            )
        )
        cleaning.FOLDERS["messages"] = Attachment._meta.get_field("file")
        chores.register(
            "correspondence.forget_unsent",
            label=_("Removing files of messages that were never sent"),
            every=timedelta(days=1),
            do=services.forget_unsent,
        )
