"""Messages and files without the verbs that write them."""

from typing import Any

from django.core.files.base import ContentFile

from certification.applications.models import Application
from certification.correspondence.models import Attachment, Message
from certification.correspondence.rules import side_of
from institutions.models import User
from institutions.uploads import sha256_of


def make_message(application: Application, *, by: User, **fields: Any) -> Message:
    fields.setdefault("text", "Czy wystarczy wyciąg ze statutu?")
    fields.setdefault("side", side_of(by, application))
    return Message.objects.create(application=application, author=by, **fields)


def make_attachment(
    application: Application, *, by: User, message: Message | None = None, **fields: Any
) -> Attachment:
    """A file sent with a message: with a new one of `by`, unless another is given."""
    content = ContentFile(b"%PDF-1.4 tresc")
    attachment = Attachment(
        application=application,
        message=message or make_message(application, by=by),
        filename="wyciąg.pdf",
        content_type="application/pdf",
        size=content.size,
        sha256=sha256_of(content),
        added_by=by,
        **fields,
    )
    attachment.file.save("plik.pdf", content, save=False)
    attachment.save()
    return attachment
