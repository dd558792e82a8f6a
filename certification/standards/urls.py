from django.urls import path

from .views import catalogue, changes, draft, editions, origins, parts, publishing, words

DRAFT = "<slug:code>/redakcja/"

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("edycje/", editions.edition_list, name="edition_list"),
    path("edycje/nowa/", editions.edition_create, name="edition_create"),
    path("edycje/wczytaj/", editions.edition_import, name="edition_import"),
    path("edycje/dowody/", words.evidence_type_list, name="evidence_type_list"),
    path("edycje/dowody/<int:pk>/", words.evidence_type_edit, name="evidence_type_edit"),
    path("<slug:code>/", catalogue.catalogue, name="catalogue_set"),
    path("<slug:code>/plik/", editions.edition_file, name="edition_file"),
    path("<slug:code>/zmiany/", changes.edition_changes, name="edition_changes"),
    path("<slug:code>/publikacja/", publishing.edition_publish, name="edition_publish"),
    path("<slug:code>/wycofanie/", publishing.edition_retire, name="edition_retire"),
    path(DRAFT, draft.edition_edit, name="edition_edit"),
    path(f"{DRAFT}opis/", draft.edition_head, name="edition_head"),
    path(f"{DRAFT}skala/", draft.edition_scale, name="edition_scale"),
    path(f"{DRAFT}regula/", draft.edition_rule, name="edition_rule"),
    path(f"{DRAFT}zrodla/", draft.edition_sources, name="edition_sources"),
    path(f"{DRAFT}numeracja/", draft.edition_renumber, name="edition_renumber"),
    path(f"{DRAFT}usuniecie/", editions.edition_discard, name="edition_discard"),
    path(f"{DRAFT}pochodzenie/", origins.edition_origins, name="edition_origins"),
    path(f"{DRAFT}pochodzenie/<int:pk>/pominiecie/", origins.criterion_drop, name="criterion_drop"),
    path(f"{DRAFT}kryterium/<int:pk>/podzial/", origins.criterion_split, name="criterion_split"),
    path(f"{DRAFT}kryterium/<int:pk>/polaczenie/", origins.criterion_merge, name="criterion_merge"),
    path(
        f"{DRAFT}kryterium/<int:pk>/pochodzenie/", origins.criterion_origin, name="criterion_origin"
    ),
    path(f"{DRAFT}<slug:word>/nowy/", parts.part_add, name="part_add"),
    path(f"{DRAFT}<slug:word>/nowy/<int:within>/", parts.part_add, name="part_add_within"),
    path(f"{DRAFT}<slug:word>/<int:pk>/", parts.part_edit, name="part_edit"),
    path(f"{DRAFT}<slug:word>/<int:pk>/miejsce/", parts.part_move, name="part_move"),
    path(f"{DRAFT}<slug:word>/<int:pk>/usuniecie/", parts.part_remove, name="part_remove"),
]
