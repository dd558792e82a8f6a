"""Every address, every kind of person: the answer, listed. An unlisted address fails.

302 for "anybody" leads to the sign-in; a post without a session is 403 and keeps the text. What
a person may not see is 404, what they see but may not do 403, a wrong form 422, a verb whose
time has passed 409.
"""

from copy import deepcopy
from http.cookies import SimpleCookie
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
register_by_voivodeship get  200 200 200 200 200 200 200 200 200 200
register_csv            get  200 200 200 200 200 200 200 200 200 200
register_json           get  200 200 200 200 200 200 200 200 200 200
register_api            get  200 200 200 200 200 200 200 200 200 200
register_openapi        get  200 200 200 200 200 200 200 200 200 200
certificate_json        get  200 200 200 200 200 200 200 200 200 200
certificate_badge       get  200 200 200 200 200 200 200 200 200 200
credential              get  404 404 404 404 404 404 404 404 404 404
credential_status       get  404 404 404 404 404 404 404 404 404 404
did_document            get  404 404 404 404 404 404 404 404 404 404
seal_certificates       get  200 200 200 200 200 200 200 200 200 200
issued_files_json       get  200 200 200 200 200 200 200 200 200 200
verification            get  200 200 200 200 200 200 200 200 200 200
verification_code       get  200 200 200 200 200 200 200 200 200 200
certificate_issue       get  302 404 403 403 403 403 404 404 404 404
certificate_issue       post 403 404 403 403 403 403 404 404 404 404
certificate_preview     post 403 404 403 403 403 403 404 404 404 404
certificate_list        get  302 200 200 200 200 200 200 200 200 200
certificate_templates   get  302 403 403 403 200 403 403 403 403 200
certificate_template    get  302 403 403 403 200 403 403 403 403 200
certificate_template    post 403 403 403 403 422 403 403 403 403 422
certificate_template_preview post 403 403 403 403 422 403 403 403 403 422
certificate_detail      get  302 404 404 404 200 404 404 200 200 404
badge_page              get  302 404 404 404 200 404 404 200 200 404
praise_propose          get  302 404 404 404 200 404 404 403 403 404
praise_propose          post 403 404 404 404 422 404 404 403 403 404
praise_answer           get  302 404 404 404 403 404 404 403 403 404
praise_answer           post 403 404 404 404 403 404 404 403 403 404
praise_agree            post 403 404 404 404 403 404 404 403 403 404
praise_take_down        post 403 404 404 404 404 404 404 403 403 404
hand_over               get  302 404 404 404 200 404 404 403 403 404
hand_over               post 403 404 404 404 422 404 404 403 403 404
hand_over_call_off      post 403 404 404 404 409 404 404 403 403 404
licensed_mark           get  302 404 404 404 403 404 404 403 403 404
register_changes        get  200 200 200 200 200 200 200 200 200 200
register_feed           get  200 200 200 200 200 200 200 200 200 200
robots                  get  200 200 200 200 200 200 200 200 200 200
sitemap                 get  200 200 200 200 200 200 200 200 200 200
yearly_report           get  302 403 403 403 200 403 403 200 200 403
yearly_pdf              get  302 403 403 403 200 403 403 200 200 403
yearly_csv              get  302 403 403 403 200 403 403 200 200 403
yearly_xlsx             get  302 403 403 403 200 403 403 200 200 403
holder                  get  301 301 301 301 301 301 301 301 301 301
certificate_pdf         get  302 404 404 404 200 404 404 200 200 404
certificate_sign        get  302 404 404 404 200 404 404 403 200 404
certificate_sign        post 403 404 404 404 422 404 404 403 422 404
certificate_print_shop  get  302 404 404 404 200 404 404 403 200 404
certificate_correct     get  302 404 404 404 403 404 404 403 200 404
certificate_correct     post 403 404 404 404 403 404 404 403 422 404
charges_appeal          get  302 404 404 404 403 404 404 403 403 404
charges_appeal          post 403 404 404 404 403 404 404 403 403 404
charges_note_appeal     get  302 404 404 404 302 404 404 403 403 404
charges_note_appeal     post 403 404 404 404 422 404 404 403 403 404
charges_reinstate       get  302 404 404 404 403 404 404 403 302 404
charges_reinstate       post 403 404 404 404 403 404 404 403 422 404
charges_refuse_appeal   get  302 404 404 404 403 404 404 403 302 404
charges_refuse_appeal   post 403 404 404 404 403 404 404 403 422 404
charges_state           get  302 404 404 404 403 404 404 200 403 404
charges_state           post 403 404 404 404 403 404 404 422 403 404
charges_detail          get  302 404 404 404 200 404 404 200 200 404
charges_pdf             get  302 404 404 404 404 404 404 404 404 404
charges_reply           get  302 404 404 404 403 404 404 403 403 404
charges_reply           post 403 404 404 404 403 404 404 403 403 404
charges_note_reply      get  302 404 404 404 200 404 404 403 403 404
charges_note_reply      post 403 404 404 404 422 404 404 403 403 404
charges_drop            get  302 404 404 404 403 404 404 200 403 404
charges_drop            post 403 404 404 404 403 404 404 422 403 404
charges_withdraw        get  302 404 404 404 403 404 404 200 403 404
charges_withdraw        post 403 404 404 404 403 404 404 422 403 404
thread_list             get  302 200 200 200 200 200 200 200 200 200
thread                  get  302 404 200 200 200 404 404 404 404 404
thread                  post 403 404 403 422 422 404 404 404 404 404
thread_read             post 403 404 422 422 422 404 404 404 404 404
message_file            get  302 404 200 200 200 404 404 404 404 404
message_file_discard    post 403 404 403 404 404 404 404 404 404 404
email_list              get  302 403 403 403 200 403 403 403 403 403
email_detail            get  302 404 404 404 200 404 404 404 404 404
email_send_again        post 403 404 404 404 409 404 404 404 404 404
email_stop              post 403 404 404 404 302 404 404 404 404 404
chore_list              get  302 403 403 403 403 403 403 403 403 200
stuck_list              get  302 403 403 403 200 403 403 403 403 403
limits_edit             get  302 403 403 403 200 403 403 403 403 200
limits_edit             post 403 403 403 403 403 403 403 403 403 422
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
employee_lists          get  302 404 403 403 200 404 404 404 403 403
employee_lists          post 403 404 403 403 422 404 404 404 403 403
employee_list_remove    get  302 404 403 403 404 404 404 404 403 403
employee_list_remove    post 403 404 403 403 404 404 404 404 403 403
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
my_notices              get  302 200 200 200 200 200 200 200 200 200
my_notices              post 403 422 422 422 422 422 422 422 422 422
unsubscribe             get  404 404 404 404 404 404 404 404 404 404
unsubscribe             post 404 404 404 404 404 404 404 404 404 404
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
version_start           get  302 404 403 405 404 404 404 404 404 404
version_start           post 403 404 403 412 404 404 404 404 404 404
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
edition_list            get  302 403 403 403 403 403 403 403 403 200
edition_create          get  302 403 403 403 403 403 403 403 403 200
edition_create          post 403 403 403 403 403 403 403 403 403 422
edition_import          get  302 403 403 403 403 403 403 403 403 200
edition_import          post 403 403 403 403 403 403 403 403 403 422
evidence_type_list      get  302 403 403 403 403 403 403 403 403 200
evidence_type_list      post 403 403 403 403 403 403 403 403 403 422
evidence_type_edit      get  302 403 403 403 403 403 403 403 403 200
evidence_type_edit      post 403 403 403 403 403 403 403 403 403 422
edition_file            get  200 200 200 200 200 200 200 200 200 200
edition_changes         get  404 404 404 404 404 404 404 404 404 200
edition_publish         get  302 404 404 404 404 404 404 404 404 200
edition_publish         post 403 404 404 404 404 404 404 404 404 302
edition_retire          get  302 403 403 403 403 403 403 403 403 200
edition_retire          post 403 403 403 403 403 403 403 403 403 302
edition_edit            get  302 404 404 404 404 404 404 404 404 200
edition_head            get  302 404 404 404 404 404 404 404 404 200
edition_head            post 403 404 404 404 404 404 404 404 404 422
edition_scale           get  302 404 404 404 404 404 404 404 404 200
edition_scale           post 403 404 404 404 404 404 404 404 404 422
edition_rule            get  302 404 404 404 404 404 404 404 404 200
edition_rule            post 403 404 404 404 404 404 404 404 404 422
edition_sources         get  302 404 404 404 404 404 404 404 404 200
edition_sources         post 403 404 404 404 404 404 404 404 404 422
edition_renumber        post 403 404 404 404 404 404 404 404 404 302
edition_discard         get  302 404 404 404 404 404 404 404 404 200
edition_discard         post 403 404 404 404 404 404 404 404 404 302
edition_origins         get  302 404 404 404 404 404 404 404 404 200
criterion_drop          post 403 404 404 404 404 404 404 404 404 422
criterion_split         get  302 404 404 404 404 404 404 404 404 200
criterion_split         post 403 404 404 404 404 404 404 404 404 422
criterion_merge         get  302 404 404 404 404 404 404 404 404 200
criterion_merge         post 403 404 404 404 404 404 404 404 404 422
criterion_origin        get  302 404 404 404 404 404 404 404 404 200
criterion_origin        post 403 404 404 404 404 404 404 404 404 422
part_add                get  302 404 404 404 404 404 404 404 404 200
part_add                post 403 404 404 404 404 404 404 404 404 422
part_add_within         get  302 404 404 404 404 404 404 404 404 200
part_add_within         post 403 404 404 404 404 404 404 404 404 422
part_edit               get  302 404 404 404 404 404 404 404 404 200
part_edit               post 403 404 404 404 404 404 404 404 404 422
part_move               post 403 404 404 404 404 404 404 404 404 302
part_remove             get  302 404 404 404 404 404 404 404 404 200
part_remove             post 403 404 404 404 404 404 404 404 404 302
application_list        get  302 200 200 200 200 200 200 200 200 200
application_open        post 403 404 403 422 403 404 404 404 403 403
renewal_open            get  302 404 403 404 403 404 404 404 403 403
renewal_open            post 403 404 403 404 403 404 404 404 403 403
application_renewal     get  302 404 404 404 404 404 404 404 404 404
renewal_confirm         post 403 404 403 404 403 403 404 404 404 404
edition_change          get  302 404 409 409 409 409 404 404 404 404
edition_change          post 403 404 403 409 403 403 404 404 404 404
edition_before          get  302 404 404 404 404 404 404 404 404 404
answer_confirm          post 403 404 403 422 403 403 404 404 404 404
application_answers     get  302 404 200 200 200 200 404 404 404 404
answer_edit             get  302 404 403 302 403 403 404 404 404 404
answer_edit             post 403 404 403 422 403 403 404 404 404 404
answer_autosave         get  302 404 403 200 403 403 404 404 404 404
answer_autosave         post 403 404 403 422 403 403 404 404 404 404
answer_versions         get  302 404 403 200 403 403 404 404 404 404
version_bring_back      post 403 404 403 409 403 403 404 404 404 404
standard_edit           get  302 404 403 302 403 403 404 404 404 404
cite                    post 403 404 403 422 403 403 404 404 404 404
uncite                  post 403 404 403 422 403 403 404 404 404 404
cite_files              get  302 404 403 302 403 403 404 404 404 404
cite_files              post 403 404 403 422 403 403 404 404 404 404
citation_place          post 403 404 403 422 403 403 404 404 404 404
cite_newest             post 403 404 403 422 403 403 404 404 404 404
evidence_search         get  302 404 403 302 403 403 404 404 404 404
evidence_search         post 403 404 403 422 403 403 404 404 404 404
application_comments    get  302 404 200 200 403 403 404 404 404 404
comment_list            get  302 404 200 200 403 403 404 404 404 404
comment_list            post 403 404 422 422 403 403 404 404 404 404
comment_edit            get  302 404 403 200 404 404 404 404 404 404
comment_edit            post 403 404 403 422 404 404 404 404 404 404
comment_delete          post 403 404 403 302 404 404 404 404 404 404
comment_settle          post 403 404 302 302 404 404 404 404 404 404
comment_reopen          post 403 404 302 302 404 404 404 404 404 404
application_readiness   get  302 404 302 302 403 403 404 404 404 404
application_submit      get  302 404 403 409 403 403 404 404 404 404
application_submit      post 403 404 403 409 403 403 404 404 404 404
application_leave_call  get  302 404 403 409 403 403 404 404 404 404
application_leave_call  post 403 404 403 409 403 403 404 404 404 404
application_withdraw    get  302 404 403 200 403 403 404 404 404 404
application_withdraw    post 403 404 403 302 403 403 404 404 404 404
application_take_up     post 403 404 403 403 409 403 404 404 404 404
application_accept      post 403 404 403 403 409 403 404 404 404 404
completion_request      get  302 404 403 403 200 403 404 404 404 404
completion_request      post 403 404 403 403 422 403 404 404 404 404
application_complete    get  302 404 403 409 403 403 404 404 404 404
application_complete    post 403 404 403 409 403 403 404 404 404 404
formal_check            get  302 404 200 200 200 200 404 404 404 404
formal_check_save       post 403 404 403 403 409 403 404 404 404 404
extension_ask           get  302 404 403 409 403 403 404 404 404 404
extension_ask           post 403 404 403 409 403 403 404 404 404 404
extension_decide        get  302 404 403 403 409 403 404 404 404 404
extension_decide        post 403 404 403 403 409 403 404 404 404 404
application_lapse       get  302 404 403 403 409 403 404 404 404 404
application_lapse       post 403 404 403 403 409 403 404 404 404 404
dossier_changes         get  302 404 200 200 200 200 404 404 404 404
call_list               get  200 200 200 200 200 200 200 200 200 200
call_detail             get  200 200 200 200 200 200 200 200 200 200
call_create             get  302 403 403 403 200 403 403 403 403 403
call_create             post 403 403 403 403 422 403 403 403 403 403
call_edit               get  302 403 403 403 200 403 403 403 403 403
call_edit               post 403 403 403 403 422 403 403 403 403 403
call_close              get  302 403 403 403 200 403 403 403 403 403
call_close              post 403 403 403 403 422 403 403 403 403 403
call_extend             get  302 403 403 403 200 403 403 403 403 403
call_extend             post 403 403 403 403 422 403 403 403 403 403
conflict_declare        get  302 404 403 403 200 200 404 404 404 404
conflict_declare        post 403 404 403 403 422 422 404 404 404 404
dossier_detail          get  302 404 200 200 200 200 404 404 404 404
dossier_manifest        get  302 404 200 200 200 200 404 404 404 404
application_papers      get  302 404 200 200 200 200 404 404 404 404
papers_print            post 403 404 403 302 302 403 404 404 404 404
draft_paper             get  302 404 200 200 200 200 404 404 404 404
printed_paper           get  302 404 200 200 200 200 404 404 404 404
printed_page            get  302 404 200 200 200 200 404 404 404 404
signed_paper_add        get  302 404 403 200 403 403 404 404 404 404
signed_paper_add        post 403 404 403 422 403 403 404 404 404 404
signed_paper            get  302 404 200 200 200 403 404 404 404 404
signed_file             get  302 404 200 200 200 403 404 404 404 404
signed_page             get  302 404 200 200 200 403 404 404 404 404
paper_accept            post 403 404 403 403 302 403 404 404 404 404
paper_refuse            get  302 404 403 403 200 403 404 404 404 404
paper_refuse            post 403 404 403 403 422 403 404 404 404 404
cited_view              get  302 404 200 200 200 200 404 404 404 404
cited_page              get  302 404 404 404 404 404 404 404 404 404
cited_file              get  302 404 404 404 404 404 404 404 404 404
assessment_list         get  302 403 403 403 200 200 200 403 403 403
allocation              get  302 403 403 403 200 403 403 403 403 403
allocation              post 403 403 403 403 422 403 403 403 403 403
my_assessor_profile     get  302 403 403 403 403 200 200 403 403 403
my_assessor_profile     post 403 403 403 403 403 422 422 403 403 403
assessor_profile        get  302 404 404 404 200 404 404 404 404 403
assessor_profile        post 403 404 404 404 422 404 404 404 404 403
assignment_create       get  302 404 403 403 200 403 404 404 404 404
assignment_create       post 403 404 403 403 422 403 404 404 404 404
assignment_declare      get  302 404 404 404 403 302 404 404 404 404
assignment_declare      post 403 404 404 404 403 409 404 404 404 404
assignment_conflict     post 403 404 404 404 403 422 404 404 404 404
assignment_end          get  302 404 404 404 200 403 404 404 404 404
assignment_end          post 403 404 404 404 422 403 404 404 404 404
assignment_decline      post 403 404 404 404 403 409 404 404 404 404
assignment_hand_back    get  302 404 404 404 403 200 404 404 404 404
assignment_hand_back    post 403 404 404 404 403 422 404 404 404 404
more_time_ask           get  302 404 404 404 403 200 404 404 404 404
more_time_ask           post 403 404 404 404 403 422 404 404 404 404
more_time_decide        get  302 404 404 404 200 403 404 404 404 404
more_time_decide        post 403 404 404 404 422 403 404 404 404 404
assignment_history      get  302 404 403 403 200 403 404 404 404 404
conflict_list           get  302 404 403 403 200 403 404 404 404 404
conflict_review         post 403 404 403 403 404 403 404 404 404 404
assessment_detail       get  302 404 404 404 404 200 404 404 404 404
assessment_submit       get  302 404 404 404 404 200 404 404 404 404
assessment_submit       post 403 404 404 404 404 422 404 404 404 404
assessment_files        get  302 404 404 404 404 200 404 404 404 404
assessment_files        post 403 404 404 404 404 422 404 404 404 404
assessment_pdf          get  302 404 404 404 404 200 404 404 404 404
assessment_form         get  302 404 404 404 404 200 404 404 404 404
assessment_xlsx         get  302 404 404 404 404 200 404 404 404 404
assessment_outcome      get  302 404 404 404 404 404 404 404 404 404
ratings_import          get  302 404 404 404 404 200 404 404 404 404
ratings_import_confirm  post 403 404 404 404 404 409 404 404 404 404
rating_save             post 403 404 404 404 404 422 404 404 404 404
evidence_cite           get  302 404 404 404 404 200 404 404 404 404
evidence_cite           post 403 404 404 404 404 302 404 404 404 404
mark_view               get  302 404 404 404 404 200 404 404 404 404
mark_remove             post 403 404 404 404 404 302 404 404 404 404
rating_autosave         get  302 404 404 404 404 200 404 404 404 404
rating_autosave         post 403 404 404 404 404 422 404 404 404 404
completion_propose      get  302 404 404 404 404 200 404 404 404 404
completion_propose      post 403 404 404 404 404 422 404 404 404 404
card_detail             get  302 404 404 404 404 404 404 404 404 404
card_pdf                get  302 404 404 404 404 404 404 404 404 404
card_xlsx               get  302 404 404 404 404 404 404 404 404 404
card_what_if            get  302 404 404 404 404 404 404 404 404 404
third_ask               get  302 404 404 404 404 404 404 404 404 404
third_ask               post 403 404 404 404 404 404 404 404 404 404
third_assign            get  302 404 404 404 404 404 404 404 404 404
third_assign            post 403 404 404 404 404 404 404 404 404 404
third_withdraw          get  302 404 404 404 404 404 404 404 404 404
third_withdraw          post 403 404 404 404 404 404 404 404 404 404
card_sign               get  302 404 404 404 404 404 404 404 404 404
card_sign               post 403 404 404 404 404 404 404 404 404 404
card_unsign             post 403 404 404 404 404 404 404 404 404 404
card_criterion          get  302 404 404 404 404 404 404 404 404 404
rating_correct          get  302 404 404 404 404 404 404 404 404 404
rating_correct          post 403 404 404 404 404 404 404 404 404 404
card_remark             post 403 404 404 404 404 404 404 404 404 404
card_settle             post 403 404 404 404 404 404 404 404 404 404
visit_list              get  302 200 200 200 200 200 200 200 200 200
visit_propose           get  302 404 403 403 302 403 404 404 404 404
visit_propose           post 403 404 403 403 422 403 404 404 404 404
visit_detail            get  302 404 200 200 200 200 404 404 404 404
visit_agree             post 403 404 403 409 403 403 404 404 404 404
visit_counter           get  302 404 403 200 403 403 404 404 404 404
visit_counter           post 403 404 403 422 403 403 404 404 404 404
visit_propose_again     get  302 404 403 403 200 403 404 404 404 404
visit_propose_again     post 403 404 403 403 422 403 404 404 404 404
visit_prepare           get  302 404 403 403 200 403 404 404 404 404
visit_prepare           post 403 404 403 403 422 403 404 404 404 404
visit_cancel            get  302 404 403 403 200 403 404 404 404 404
visit_cancel            post 403 404 403 403 422 403 404 404 404 404
visit_hold              post 403 404 403 403 422 422 404 404 404 404
visit_calendar          get  302 404 200 200 200 200 404 404 404 404
visit_worker            get  302 200 200 200 200 200 200 200 200 200
visit_kit               get  302 404 403 403 403 200 404 404 404 404
kit_note                post 403 404 403 403 403 422 404 404 404 404
kit_photo               post 403 404 403 403 403 422 404 404 404 404
visit_photo             get  302 404 404 404 200 200 404 404 404 404
visit_photo_remove      get  302 404 404 404 200 200 404 404 404 404
visit_photo_remove      post 403 404 404 404 422 422 404 404 404 404
protocol_write          get  302 404 403 403 409 409 404 404 404 404
protocol_write          post 403 404 403 403 409 409 404 404 404 404
protocol_preview        get  302 404 403 403 404 404 404 404 404 404
protocol_present        get  302 404 403 403 409 409 404 404 404 404
protocol_present        post 403 404 403 403 409 409 404 404 404 404
protocol_amend          post 403 404 403 403 409 409 404 404 404 404
protocol_remark         get  302 404 403 409 403 403 404 404 404 404
protocol_remark         post 403 404 403 409 403 403 404 404 404 404
protocol_confirm        get  302 404 403 409 403 403 404 404 404 404
protocol_confirm        post 403 404 403 409 403 403 404 404 404 404
protocol_close          get  302 404 403 403 409 403 404 404 404 404
protocol_close          post 403 404 403 403 409 403 404 404 404 404
protocol_pdf            get  302 404 200 200 200 200 404 404 404 404
calibration_list        get  302 403 403 403 200 200 200 403 403 403
calibration_create      get  302 403 403 403 200 403 403 403 403 403
calibration_create      post 403 403 403 403 422 403 403 403 403 403
calibration_detail      get  302 404 404 404 200 404 404 404 404 404
calibration_edit        get  302 404 404 404 200 404 404 404 404 404
calibration_edit        post 403 404 404 404 422 404 404 404 404 404
calibration_replace     post 403 404 404 404 422 404 404 404 404 404
calibration_discard     get  302 404 404 404 200 404 404 404 404 404
calibration_discard     post 403 404 404 404 302 404 404 404 404 404
sample_edit             get  302 404 404 404 200 404 404 404 404 404
sample_edit             post 403 404 404 404 422 404 404 404 404 404
calibration_open        get  302 404 404 404 200 404 404 404 404 404
calibration_open        post 403 404 404 404 422 404 404 404 404 404
calibration_invite      get  302 404 404 404 200 403 404 404 404 404
calibration_invite      post 403 404 404 404 422 403 404 404 404 404
calibration_uninvite    get  302 404 404 404 200 403 404 404 404 404
calibration_uninvite    post 403 404 404 404 302 403 404 404 404 404
calibration_close       get  302 404 404 404 200 403 404 404 404 404
calibration_close       post 403 404 404 404 302 403 404 404 404 404
calibration_bench       get  302 404 404 404 404 200 404 404 404 404
calibration_save        post 403 404 404 404 404 422 404 404 404 404
calibration_autosave    get  302 404 404 404 404 200 404 404 404 404
calibration_autosave    post 403 404 404 404 404 422 404 404 404 404
calibration_submit      get  302 404 404 404 404 200 404 404 404 404
calibration_submit      post 403 404 404 404 404 422 404 404 404 404
calibration_standing    get  302 404 404 404 404 302 404 404 404 404
agreement_report        get  302 403 403 403 200 403 403 403 403 403
decision_list           get  302 200 200 200 200 200 200 200 200 200
decision_create         get  302 404 403 403 403 403 404 404 404 404
decision_create         post 403 404 403 403 403 403 404 404 404 404
decision_detail         get  302 404 404 404 200 404 404 200 200 404
letter_list             get  302 200 200 200 200 200 200 200 200 200
letter_set              get  302 404 404 404 200 404 404 403 403 404
letter_set_draft        post 403 404 404 404 302 404 404 403 403 404
letter_official         get  302 404 404 404 200 404 404 403 403 404
letter_official         post 403 404 404 404 422 404 404 403 403 404
letter_draft            get  302 404 404 404 302 404 404 403 403 404
letter_draft            post 403 404 404 404 302 404 404 403 403 404
letter_detail           get  302 404 404 404 200 404 404 404 200 404
letter_detail           post 403 404 404 404 422 404 404 404 403 404
letter_preview          get  302 404 404 404 200 404 404 404 200 404
letter_approve          post 403 404 404 404 302 404 404 404 302 404
letter_return           post 403 404 404 404 422 404 404 404 422 404
letter_replace          post 403 404 404 404 409 404 404 404 403 404
letter_discard          get  302 404 404 404 200 404 404 404 403 404
letter_discard          post 403 404 404 404 302 404 404 404 403 404
letter_sign             get  302 404 404 404 409 404 404 404 409 404
letter_sign             post 403 404 404 404 409 404 404 404 409 404
letter_pdf              get  302 404 404 404 404 404 404 404 404 404
print_run_list          get  302 403 403 403 200 403 403 403 403 403
print_run_start         get  302 403 403 403 200 403 403 403 403 403
print_run_start         post 403 403 403 403 422 403 403 403 403 403
print_run_detail        get  302 404 404 404 200 404 404 404 404 404
print_run_progress      get  302 404 404 404 200 404 404 404 404 404
print_run_pause         post 403 404 404 404 302 404 404 404 404 404
print_run_resume        post 403 404 404 404 409 404 404 404 404 404
print_run_cancel        get  302 404 404 404 200 404 404 404 404 404
print_run_cancel        post 403 404 404 404 302 404 404 404 404 404
print_run_complete      post 403 404 404 404 409 404 404 404 404 404
print_run_file          get  302 404 404 404 404 404 404 404 404 404
print_run_csv           get  302 404 404 404 200 404 404 404 404 404
print_run_xlsx          get  302 404 404 404 200 404 404 404 404 404
printer_list            get  302 403 403 403 200 403 403 403 403 403
printer_create          get  302 403 403 403 200 403 403 403 403 403
printer_create          post 403 403 403 403 422 403 403 403 403 403
printer_edit            get  302 403 403 403 200 403 403 403 403 403
printer_edit            post 403 403 403 403 422 403 403 403 403 403
calibration_page        get  302 403 403 403 200 403 403 403 403 403
printer_calibration_page get 302 403 403 403 200 403 403 403 403 403
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


def session_of(person: User | None) -> SimpleCookie:
    """Signed in once, for all that is asked: what one answer does to it is undone."""
    client = Client()
    if person:
        client.force_login(User.objects.get(pk=person.pk), backend=BACKEND)
    return client.cookies


def answer(world: World, session: SimpleCookie, name: str, method: str) -> int:
    """The status the bearer of this session gets, with everything it did undone."""
    client = Client()
    client.cookies = deepcopy(session)
    with transaction.atomic():
        address = reverse(name, args=world.args.get(name, []))
        response: Any = getattr(client, method)(address, {"unknown": "field"})
        if response.streaming:
            list(response)  # a file is closed once it was read
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_answers_as_listed(world: World, who: str) -> None:
    wrong, session = {}, session_of(world.people[who])
    for name in OURS:
        for method in ("get", "post"):
            status = answer(world, session, name, method)
            listed = EXPECTED.get((name, method))
            if listed is None and status in REFUSED_METHOD[method]:
                continue
            if listed is None or status != listed[who]:
                wrong[name, method] = (status, listed and listed[who])
    assert wrong == {}
