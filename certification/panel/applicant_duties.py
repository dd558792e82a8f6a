"""What waits for an institution's people: to write, to answer, to apply for."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.applications.models import Application, Call, Comment
from certification.applications.states import State
from certification.certificates.models import Certificate
from certification.standards.models import StandardSet
from institutions.models import Institution, User
from institutions.states import MemberRole

from .heaps import Duty, Waiting, heap


def comments_to_answer(user: User) -> Waiting:
    """Comments of colleagues that name the person and wait for an answer."""
    waiting = Comment.objects.awaiting(user).select_related(
        "application__institution", "criterion", "written_by"
    )

    def duty(comment: Comment) -> Duty:
        about = {"code": comment.criterion.code, "institution": comment.application.institution}
        return Duty(
            about=_("Criterion %(code)s – %(institution)s") % about,
            action=_("Answer %(person)s") % {"person": comment.written_by},
            url=comment.get_absolute_url(),
            since=clock.day_of(comment.written_at),
        )

    return heap(_("Colleagues ask you"), waiting.order_by("-pk"), duty, reverse("application_list"))


def drafts_to_write(mine: "QuerySet[Application]") -> Waiting:
    drafts = mine.filter(state=State.DRAFT).select_related("institution")
    started = drafts.annotate(answered=Count("answers", filter=~Q(answers__text="")))

    def duty(application: Application) -> Duty:
        answered = application.answered  # type: ignore[attr-defined]
        return Duty(
            about=str(application.institution),
            action=ngettext(
                "Write on: %(n)s criterion answered so far",
                "Write on: %(n)s criteria answered so far",
                answered,
            )
            % {"n": answered},
            url=reverse("application_answers", args=[application.pk]),
            since=clock.day_of(application.opened_at),
        )

    return heap(_("Applications you are writing"), started, duty, reverse("application_list"))


def newer_editions(user: User) -> Waiting:
    """Drafts that may go over to the edition in use now."""
    current = StandardSet.objects.current()
    drafts = Application.objects.of_applicant(user).filter(state=State.DRAFT, call=None)
    older = drafts.exclude(standard_set=current) if current else drafts.none()

    def duty(application: Application) -> Duty:
        return Duty(
            about=str(application.institution),
            action=_("See what a new edition changes in your draft"),
            url=reverse("edition_change", args=[application.pk]),
            since=clock.day_of(current.published_at) if current and current.published_at else None,
        )

    title = _("A new edition of the standards")
    rows = older.select_related("institution")
    return heap(title, rows, duty, reverse("application_list"))


def _custodian_of(user: User) -> "QuerySet[Institution]":
    under_way = Application.objects.under_way().filter(institution=OuterRef("pk"))
    mine = user.institution_ids_as(MemberRole.CUSTODIAN)
    return Institution.objects.filter(pk__in=mine).exclude(Exists(under_way))


def open_calls(user: User) -> Waiting:
    """Calls that an institution of the person may answer now."""
    kinds = _custodian_of(user).values("kind")
    rows = Call.objects.open_on(clock.today()).for_kinds(kinds).filter(Exists(kinds))

    def duty(call: Call) -> Duty:
        return Duty(
            about=str(call),
            action=_("See the call"),
            url=call.get_absolute_url(),
            due=call.closes_on,
        )

    return heap(_("Open calls"), rows.order_by("closes_on"), duty, reverse("call_list"))


def first_applications(user: User) -> Waiting:
    rows = _custodian_of(user).filter(applications=None)

    def duty(institution: Institution) -> Duty:
        return Duty(
            about=str(institution),
            action=_("Open an application for the certificate"),
            url=institution.get_absolute_url(),
        )

    return heap(_("Not applied yet"), rows, duty, reverse("institution_list"))


def renewals(user: User) -> Waiting:
    today = clock.today()
    ending = Certificate.objects.renewable(today).filter(institution__in=_custodian_of(user))

    def duty(certificate: Certificate) -> Duty:
        return Duty(
            about=certificate.holder_name,
            action=_("Renew the certificate"),
            url=reverse("renewal_open", args=[certificate.institution_id]),
            number=certificate.number,
            due=certificate.valid_to,
            is_late=certificate.valid_to < today,
        )

    rows = ending.order_by("valid_to", "pk")
    return heap(_("Certificates to be renewed"), rows, duty, reverse("certificate_list"))
