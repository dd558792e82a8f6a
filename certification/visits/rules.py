"""Who may do what with a visit. The states say when; services check it again."""

import rules

from certification.applications.models import Application
from certification.applications.rules import is_custodian, is_office, is_unbarred, is_writer
from certification.assessments.models import Assignment
from certification.assessments.rules import is_still_judging
from institutions.models import User

from .models import Protocol, SiteVisit, VisitPhoto


@rules.predicate
def is_office_of_visit(user: User, visit: SiteVisit) -> bool:
    return bool(is_office.test(user) and is_unbarred.test(user, visit.application))


@rules.predicate
def is_host(user: User, visit: SiteVisit) -> bool:
    """A custodian or editor of the institution that is visited."""
    return bool(is_writer.test(user, visit.application))


@rules.predicate
def is_chief_host(user: User, visit: SiteVisit) -> bool:
    return bool(is_custodian.test(user, visit.application))


@rules.predicate
def is_visitor(user: User, visit: SiteVisit) -> bool:
    """One of the team, who still assesses the case and has declared no conflict, or handles it at
    the office.
    """
    if not visit.team.filter(pk=user.pk).exists():
        return False
    held = Assignment.objects.held_by(user).declared().filter(application=visit.application_id)
    return held.exists() or bool((is_office_of_visit & ~is_judging).test(user, visit))


@rules.predicate
def leads(user: User, visit: SiteVisit) -> bool:
    return visit.lead_id == user.pk and bool(is_visitor.test(user, visit))


@rules.predicate
def is_judging(user: User, visit: SiteVisit) -> bool:
    """Whoever still judges the case reads nothing that another assessor wrote of the visit."""
    return is_still_judging(user, visit.application)


@rules.predicate
def is_reader_of_protocol(user: User, protocol: Protocol) -> bool:
    return Protocol.objects.visible_to(user).filter(pk=protocol.pk).exists()


@rules.predicate
def is_own_photo(user: User, photo: VisitPhoto) -> bool:
    return photo.author_id == user.pk and bool(is_visitor.test(user, photo.visit))


@rules.predicate
def is_office_of_photo(user: User, photo: VisitPhoto) -> bool:
    return bool(is_office_of_visit.test(user, photo.visit))


writes_protocol = leads | (is_office_of_visit & ~is_judging)

rules.add_perm("visits.propose_visit", is_office & is_unbarred)
rules.add_perm("visits.manage_visit", is_office_of_visit)
rules.add_perm("visits.answer_dates", is_host)
rules.add_perm("visits.hold_visit", is_office_of_visit | leads)
rules.add_perm("visits.use_kit", is_visitor)
rules.add_perm("visits.remove_photo", is_own_photo | is_office_of_photo)
rules.add_perm("visits.write_protocol", writes_protocol)
rules.add_perm("visits.close_protocol", is_office_of_visit)
rules.add_perm("visits.remark_protocol", is_host)
rules.add_perm("visits.confirm_protocol", is_chief_host)
rules.add_perm("visits.read_protocol", is_reader_of_protocol)


def reads_questions_of_all(user: User, application: Application) -> bool:
    """Whether what submitted cards ask is shown: to the office, unless the person still judges."""
    is_of_case = is_office.test(user) and is_unbarred.test(user, application)
    return bool(is_of_case) and not is_still_judging(user, application)
