"""Every address, every kind of person: the answer, listed. An unlisted address fails.

302 for "anybody" leads to the sign-in; a post without a session is 403 and keeps the text. What
a person may not see is 404, what they see but may not do 403, a wrong form 422, a verb whose
time has passed 409.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from institutions.models import User
from tests.access.world import PEOPLE, World, make_world
from tests.test_conventions import is_allauth, patterns

TABLE = """
home                    get  200 200 200 200 200 200 200 200 200 200
accessibility_statement get  200 200 200 200 200 200 200 200 200 200
privacy_notice          get  200 200 200 200 200 200 200 200 200 200
set_language            get  302 302 302 302 302 302 302 302 302 302
set_language            post 302 302 302 302 302 302 302 302 302 302
session_restored        get  302 200 200 200 200 200 200 200 200 200
session_token           get  200 200 200 200 200 200 200 200 200 200
panel                   get  302 200 200 200 200 200 200 200 200 200
case                    get  302 404 200 200 200 200 404 404 404 404
journal                 get  302 403 403 403 403 403 403 403 403 200
healthz                 get  200 200 200 200 200 200 200 200 200 200
issuer_edit             get  302 403 403 403 403 403 403 403 403 200
issuer_edit             post 403 403 403 403 403 403 403 403 403 422
issuer_mark             get  302 403 403 403 403 403 403 403 403 404
issuer_sample           get  302 403 403 403 403 403 403 403 403 200
style_guide             get  404 404 404 404 404 404 404 404 404 404
register                get  200 200 200 200 200 200 200 200 200 200
register_csv            get  200 200 200 200 200 200 200 200 200 200
register_json           get  200 200 200 200 200 200 200 200 200 200
verification            get  200 200 200 200 200 200 200 200 200 200
verification_code       get  200 200 200 200 200 200 200 200 200 200
certificate_issue       get  302 404 403 403 403 403 404 404 404 404
certificate_issue       post 403 404 403 403 403 403 404 404 404 404
certificate_preview     post 403 404 403 403 403 403 404 404 404 404
certificate_list        get  302 200 200 200 200 200 200 200 200 200
certificate_detail      get  302 404 404 404 200 404 404 200 200 404
certificate_pdf         get  302 404 404 404 200 404 404 200 200 404
certificate_correct     get  302 404 404 404 403 404 404 403 200 404
certificate_correct     post 403 404 404 404 403 404 404 403 422 404
certificate_withdraw    get  302 404 404 404 403 404 404 200 403 404
certificate_withdraw    post 403 404 404 404 403 404 404 422 403 404
institution_list        get  302 200 200 200 200 200 200 200 200 200
institution_create      get  302 403 403 403 200 403 403 403 403 403
institution_create      post 403 403 403 403 422 403 403 403 403 403
institution_import      get  302 403 403 403 200 403 403 403 403 403
institution_import      post 403 403 403 403 422 403 403 403 403 403
institution_import_specimen get 302 403 403 403 200 403 403 403 403 403
institution_import_preview get 302 404 404 404 200 404 404 404 404 404
institution_import_confirm post 403 404 404 404 409 404 404 404 404 404
institution_detail      get  302 404 200 200 200 404 404 404 200 200
institution_edit        get  302 404 403 403 200 404 404 404 403 403
institution_edit        post 403 404 403 403 422 404 404 404 403 403
institution_contact     get  302 404 403 200 200 404 404 404 403 403
institution_contact     post 403 404 403 302 302 404 404 404 403 403
institution_rename      get  302 404 403 403 200 404 404 404 403 403
institution_rename      post 403 404 403 403 422 404 404 404 403 403
institution_parent      get  302 404 403 403 200 404 404 404 403 403
institution_parent      post 403 404 403 403 302 404 404 404 403 403
name_forms              get  302 404 403 200 200 404 404 404 403 403
name_forms              post 403 404 403 422 422 404 404 404 403 403
name_forms_confirm      post 403 404 403 422 422 404 404 404 403 403
name_forms_suggest      post 403 404 403 302 302 404 404 404 403 403
member_invite           get  302 404 403 200 200 404 404 404 403 403
member_invite           post 403 404 403 422 422 404 404 404 403 403
membership_role         get  302 404 403 200 200 404 404 404 403 403
membership_role         post 403 404 403 422 422 404 404 404 403 403
invitation_resend       post 403 404 403 302 302 404 404 404 403 403
invitation_cancel       post 403 404 403 302 302 404 404 404 403 403
invitation              get  200 200 200 200 200 200 200 200 200 200
invitation              post 422 422 422 422 422 422 422 422 422 422
custody_request         get  302 404 403 403 200 404 404 404 403 403
custody_request         post 403 404 403 403 422 404 404 404 403 403
custody_file            get  302 404 403 403 404 404 404 404 403 404
my_account              get  302 200 200 200 200 200 200 200 200 200
my_data                 get  302 200 200 200 200 200 200 200 200 200
my_data                 post 403 422 422 422 422 422 422 422 422 422
my_email                get  302 302 302 302 302 302 302 302 302 302
my_email                post 403 302 302 302 302 302 302 302 302 302
my_email_confirm        get  404 404 404 404 404 404 404 404 404 404
my_email_confirm        post 404 404 404 404 404 404 404 404 404 404
my_language             post 403 302 302 302 302 302 302 302 302 302
my_sessions             get  302 200 200 200 200 200 200 200 200 200
other_sessions_end      post 403 302 302 302 302 302 302 302 302 302
session_end             post 403 404 404 404 404 404 404 404 404 404
membership_end          get  302 404 403 200 200 404 404 404 403 403
membership_end          post 403 404 403 302 302 404 404 404 403 403
person_list             get  302 403 403 403 200 403 403 403 403 200
person_create           get  302 403 403 403 200 403 403 403 403 200
person_create           post 403 403 403 403 422 403 403 403 403 422
person_detail           get  302 404 404 404 200 404 404 404 404 200
person_edit             get  302 404 404 404 403 404 404 404 404 200
person_edit             post 403 404 404 404 403 404 404 404 404 422
appointment_create      get  302 404 404 404 403 404 404 404 404 200
appointment_create      post 403 404 404 404 403 404 404 404 404 422
appointment_end         get  302 404 404 404 403 404 404 404 404 200
appointment_end         post 403 404 404 404 403 404 404 404 404 422
person_deactivate       get  302 404 404 404 403 404 404 404 404 200
person_deactivate       post 403 404 404 404 403 404 404 404 404 302
person_reactivate       post 403 404 404 404 403 404 404 404 404 422
person_invite           post 403 404 404 404 302 404 404 404 404 302
evidence_list           get  302 200 200 200 200 200 200 200 200 200
evidence_add            get  302 404 403 200 403 404 404 404 403 403
evidence_add            post 403 404 403 422 403 404 404 404 403 403
upload_start            get  302 404 403 405 403 404 404 404 403 403
upload_start            post 403 404 403 412 403 404 404 404 403 403
upload                  get  302 404 404 405 404 404 404 404 404 404
upload                  post 403 404 404 405 404 404 404 404 404 404
upload_discard          post 403 404 404 302 404 404 404 404 404 404
uploads_add             get  302 404 403 200 403 404 404 404 403 403
uploads_add             post 403 404 403 422 403 404 404 404 403 403
evidence_detail         get  302 404 200 200 404 404 404 404 404 404
evidence_revise         get  302 404 403 200 404 404 404 404 404 404
evidence_revise         post 403 404 403 422 404 404 404 404 404 404
evidence_change         get  302 404 403 200 404 404 404 404 404 404
evidence_change         post 403 404 403 422 404 404 404 404 404 404
evidence_delete         get  302 404 403 200 404 404 404 404 404 404
evidence_delete         post 403 404 403 409 404 404 404 404 404 404
version_delete          get  302 404 403 200 404 404 404 404 404 404
version_delete          post 403 404 403 409 404 404 404 404 404 404
revision_view           get  302 404 200 200 404 404 404 404 404 404
revision_page           get  302 404 404 404 404 404 404 404 404 404
revision_file           get  302 404 404 404 404 404 404 404 404 404
catalogue               get  200 200 200 200 200 200 200 200 200 200
catalogue_set           get  200 200 200 200 200 200 200 200 200 200
application_list        get  302 200 200 200 200 200 200 200 200 200
application_open        post 403 404 403 422 403 404 404 404 403 403
application_answers     get  302 404 200 200 200 200 404 404 404 404
answer_edit             get  302 404 403 302 403 403 404 404 404 404
answer_edit             post 403 404 403 422 403 403 404 404 404 404
cite                    post 403 404 403 422 403 403 404 404 404 404
uncite                  post 403 404 403 422 403 403 404 404 404 404
application_submit      get  302 404 403 409 403 403 404 404 404 404
application_submit      post 403 404 403 409 403 403 404 404 404 404
application_withdraw    get  302 404 403 200 403 403 404 404 404 404
application_withdraw    post 403 404 403 302 403 403 404 404 404 404
application_take_up     post 403 404 403 403 409 403 404 404 404 404
application_accept      post 403 404 403 403 409 403 404 404 404 404
completion_request      get  302 404 403 403 200 403 404 404 404 404
completion_request      post 403 404 403 403 422 403 404 404 404 404
application_complete    get  302 404 403 409 403 403 404 404 404 404
application_complete    post 403 404 403 409 403 403 404 404 404 404
conflict_declare        get  302 404 403 403 200 200 404 404 404 404
conflict_declare        post 403 404 403 403 422 422 404 404 404 404
dossier_detail          get  302 404 200 200 200 200 404 404 404 404
dossier_manifest        get  302 404 200 200 200 200 404 404 404 404
cited_view              get  302 404 200 200 200 200 404 404 404 404
cited_page              get  302 404 404 404 404 404 404 404 404 404
cited_file              get  302 404 404 404 404 404 404 404 404 404
assessment_list         get  302 403 403 403 200 200 200 403 403 403
assignment_create       get  302 404 403 403 200 403 404 404 404 404
assignment_create       post 403 404 403 403 422 403 404 404 404 404
assignment_declare      get  302 404 404 404 403 302 404 404 404 404
assignment_declare      post 403 404 404 404 403 409 404 404 404 404
assignment_conflict     post 403 404 404 404 403 422 404 404 404 404
assignment_end          get  302 404 404 404 200 403 404 404 404 404
assignment_end          post 403 404 404 404 422 403 404 404 404 404
assessment_detail       get  302 404 404 404 404 200 404 404 404 404
assessment_submit       get  302 404 404 404 404 200 404 404 404 404
assessment_submit       post 403 404 404 404 404 422 404 404 404 404
rating_save             post 403 404 404 404 404 422 404 404 404 404
card_detail             get  302 404 404 404 404 404 404 404 404 404
card_close              get  302 404 404 404 404 404 404 404 404 404
card_close              post 403 404 404 404 404 404 404 404 404 404
card_settle             post 403 404 404 404 404 404 404 404 404 404
decision_list           get  302 200 200 200 200 200 200 200 200 200
decision_create         get  302 404 403 403 403 403 404 404 404 404
decision_create         post 403 404 403 403 403 403 404 404 404 404
decision_detail         get  302 404 404 404 200 404 404 200 200 404
letter_list             get  302 200 200 200 200 200 200 200 200 200
letter_draft            post 403 404 404 404 409 404 404 403 403 404
letter_detail           get  302 404 404 404 200 404 404 404 200 404
letter_detail           post 403 404 404 404 422 404 404 404 403 404
letter_preview          get  302 404 404 404 200 404 404 404 403 404
letter_approve          post 403 404 404 404 302 404 404 404 403 404
letter_pdf              get  302 404 404 404 404 404 404 404 404 404
"""
EXPECTED = {
    (name, method): dict(zip(PEOPLE, map(int, answers), strict=True))
    for name, method, *answers in map(str.split, TABLE.strip().splitlines())
}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OURS = [entry.name for path, entry in patterns() if not is_allauth(path, entry)]
# addresses that only take a post answer 405 to a get, and pages that only show to a post
REFUSED_METHOD = {"get": {405, 302}, "post": {405, 403}}


def test_every_address_is_listed() -> None:
    assert set(OURS) == {name for name, _method in EXPECTED}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def answer(world: World, who: str, name: str, method: str) -> int:
    """The status this person gets, with everything it did undone."""
    client = Client()
    person = world.people[who]
    with transaction.atomic():
        if person:
            client.force_login(User.objects.get(pk=person.pk), backend=BACKEND)
        address = reverse(name, args=world.args.get(name, []))
        response: Any = getattr(client, method)(address, {"unknown": "field"})
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_answers_as_listed(world: World, who: str) -> None:
    wrong = {}
    for name in OURS:
        for method in ("get", "post"):
            status = answer(world, who, name, method)
            listed = EXPECTED.get((name, method))
            if listed is None and status in REFUSED_METHOD[method]:
                continue
            if listed is None or status != listed[who]:
                wrong[name, method] = (status, listed and listed[who])
    assert wrong == {}
