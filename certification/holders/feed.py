"""The changes of the register as an Atom feed (RFC 4287)."""

from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certification.documents.masthead import issuer_named

from .changes import Change

SINCE = 2026  # when these names were first given (RFC 4151): never another year


def atom(changes: list[Change], *, page: str, feed: str) -> str:
    """`page` and `feed` are addresses, filters included."""
    found = Atom1Feed(
        title=_("CAL Quality Certificates: changes in the register"),
        link=page,
        feed_url=feed,
        description=None,
        language=get_language(),
        author_name=issuer_named().name,
        feed_guid=feed,
    )
    host = urlsplit(settings.SITE_URL).hostname
    for each in changes:
        noon = datetime.combine(each.day, time(12), tzinfo=UTC)
        found.add_item(
            title=f"{each.certificate.number}, {each.certificate.holder_name}: {each.kind.label}",
            link=settings.SITE_URL + each.path,
            description=each.note,
            unique_id=f"tag:{host},{SINCE}:{each.key}",
            updateddate=noon,
            pubdate=noon,
        )
    return found.writeString("utf-8")
