"""Who looks on from elsewhere, and what each address answers them."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import State
from certification.audit.append_only import unguarded
from certification.outbox.models import Email
from institutions import reading
from institutions.models import Membership, User
from institutions.states import MemberRole, Role
from tests.access import canaries
from tests.access.answers import EXPECTED
from tests.access.canaries import ANY, FOREIGN, PRIVATE
from tests.access.test_access import BACKEND, OURS
from tests.access.world import World, make_world
from tests.assessments.factories import make_assignment
from tests.factories import make_application, make_institution, make_member, make_user

# Who has no part in the case. Those who keep the list of institutions know its name.
OUTSIDERS = {
    "anybody": (ANY,),
    "custodian elsewhere": (ANY,),
    "editor elsewhere": (ANY,),
    "reader elsewhere": (ANY,),
    "former member": (ANY,),
    "assessor of another case": (ANY,),
    "barred office": (FOREIGN, PRIVATE),
    "committee": (ANY,),
    "administrator": (FOREIGN, PRIVATE),
}
OF_ANOTHER_CASE = "print_run_"  # the run of the world holds a certificate of another institution
CLOSED = [
    name
    for name in OURS
    if not name.startswith(OF_ANOTHER_CASE)
    and all(
        EXPECTED.get((name, "get"), {}).get(who) == 404
        for who in ("stranger", "other_assessor", "chair", "board", "administrator")
    )
]
OF_STANDARDS = ("edition_", "part_", "criterion_", "catalogue", "issuer_", "style_")


@dataclass
class Foreign:
    """The case with canaries, a draft of a third institution, and who looks on from elsewhere."""

    world: World
    case: Application
    draft: Application
    words: set[str]
    people: dict[str, Any] = field(default_factory=dict)
    own: Any = None  # the outsiders'


def make_foreign() -> Foreign:
    world: Any = make_world()
    case = Application.objects.get(pk=world.args["case"][0])
    people = world.people
    with unguarded(connection):
        words = canaries.fill(case, by=people["custodian"], office=people["office"])
        draft, drafted = canaries.draft_renewal()
    world.args["email_detail"] = [Email.objects.get(case__endswith=f":{case.pk}").pk]
    found = Foreign(world, case, draft, words | drafted)
    _look_on(found)
    return found


def _look_on(foreign: Foreign) -> None:
    elsewhere = make_institution()
    custodian = make_member(elsewhere)
    foreign.own = make_application(institution=elsewhere, by=custodian)
    assessor = make_user(Role.ASSESSOR)
    make_assignment(make_application(State.ASSESSMENT), assessor)
    former = make_member(foreign.case.institution, MemberRole.EDITOR)
    end_membership(former)
    office = make_user(Role.OFFICE)
    bar(foreign.case, office)
    foreign.people = {
        "anybody": None,
        "custodian elsewhere": custodian,
        "editor elsewhere": make_member(elsewhere, MemberRole.EDITOR),
        "reader elsewhere": make_member(elsewhere, MemberRole.READER),
        "former member": former,
        "assessor of another case": assessor,
        "barred office": office,
        "committee": make_user(Role.COMMITTEE_MEMBER),
        "administrator": make_user(Role.ADMINISTRATOR),
    }


def bar(application: Application, user: User) -> None:
    ConflictDeclaration.objects.create(
        application=application, user=user, ground="other", declared_by=user
    )


def end_membership(user: User) -> None:
    Membership.objects.filter(user=user).update(until=clock.today() - timedelta(days=1))


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
    return client


def addresses(foreign: Foreign) -> list[tuple[str, str]]:
    """Every address: of the case, and where it has one also of the draft."""
    case, draft = foreign.case, foreign.draft
    found = []
    for name in OURS:
        of_standards = name.startswith(OF_STANDARDS) and name not in CLOSED
        if of_standards or name == "invitation":  # its bearer may read that one
            continue
        args = foreign.world.args.get(name, [])
        found.append((name, reverse(name, args=args)))
        if args in ([case.pk], [case.pk, "A1.1"]) and name in CLOSED:
            found.append((name, reverse(name, args=[draft.pk, *args[1:]])))
    comment, change = draft.comments.get(), draft.edition_changes.get()
    found.append(("comment_edit", reverse("comment_edit", args=[comment.pk])))
    found.append(("edition_before", reverse("edition_before", args=[draft.pk, change.pk])))
    email = Email.objects.get(case__endswith=f":{draft.pk}")
    found.append(("email_detail", reverse("email_detail", args=[email.pk])))
    return found


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    headers = " ".join(map(str, response.headers.values()))
    if response.headers.get("Content-Type") == "application/pdf":
        # words may be broken at the end of a line
        return headers + "".join(reading.text_of(io.BytesIO(body), reading.PDF).split())
    return headers + body.decode(errors="replace")


def walk(foreign: Foreign, user: User | None) -> list[tuple[str, int, str]]:
    """What every address answers to a get."""
    client, answers = client_of(user), []
    for name, address in addresses(foreign):
        response: HttpResponse = client.get(address)  # type: ignore[assignment]
        answers.append((name, response.status_code, text_of(response)))
    return answers
