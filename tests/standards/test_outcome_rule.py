"""The rule of an edition: edited in a draft, frozen with it, carried by its file."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, transaction
from django.test import Client

from certification.standards import services
from certification.standards.checks import findings
from certification.standards.comparing import compare
from certification.standards.models import Criterion, StandardSet
from certification.standards.reading import BadCatalogue, read
from certification.standards.services import import_standards
from certification.standards.writing import to_data, to_yaml
from tests.standards.factories import criterion, make_draft, make_keeper

from .test_reading import SMALL, changed

pytestmark = pytest.mark.django_db

RULE: dict[str, Any] = {
    "rule_kind": "mean",
    "mean_from": Decimal("1.75"),
    "met_percent": 90,
    "exemplary_percent": 60,
}
PAGE = "/standardy/drugie/redakcja/regula/"


def with_rule(draft: StandardSet, **values: Any) -> StandardSet:
    return services.edit_rule(draft, by=None, values=RULE | values, expected_version=draft.version)


def blocking(draft: StandardSet) -> list[str]:
    return [each.text for each in findings(draft) if each.blocks]


# --- files ---------------------------------------------------------------------------------


def test_rule_weights_and_required_come_back_from_a_file() -> None:
    draft = with_rule(make_draft())
    Criterion.objects.filter(pk=criterion(draft, "A1.1").pk).update(weight=3, is_required=True)
    text = to_yaml(StandardSet.objects.get(pk=draft.pk))
    again = import_standards(yaml.safe_load(text))
    assert {name: getattr(again, name) for name in RULE} == RULE
    row = criterion(again, "A1.1")
    assert (row.weight, row.is_required) == (3, True)
    assert to_yaml(again) == text


def test_default_rule_is_not_written() -> None:
    assert "rule" not in to_data(make_draft())["set"]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ({"kind": "nie ma"}, "set › rule: “nie ma” is not a rule."),
        ({"mean_from": "dużo"}, "set › rule › mean_from: a number such as 1.75 is needed."),
        ({"met_percent": "x"}, "set › rule › met_percent: a whole number is needed."),
    ],
)
def test_wrong_rule_is_refused(rule: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadCatalogue) as refused:
        read(changed("set", "rule", to=rule))
    assert problem in refused.value.problems


def test_weight_out_of_bounds_is_refused() -> None:
    data = changed("areas", 0, "standards", 0, "criteria", 0, "weight", to=11)
    with pytest.raises(BadCatalogue, match="weight"):
        import_standards(data)
    assert SMALL["areas"][0]["standards"][0]["criteria"][0].get("weight") is None


# --- the draft -----------------------------------------------------------------------------


def test_new_edition_takes_the_rule_over_and_what_changed_is_told() -> None:
    draft = make_draft()
    assert draft.follows is not None
    assert draft.rule_kind == draft.follows.rule_kind
    with_rule(draft)
    one = criterion(draft, "A1.1")
    services.edit_part(
        one, by=None, values={"weight": 2, "is_required": True}, expected_version=one.version
    )
    comparison = compare(draft.follows, StandardSet.objects.get(pk=draft.pk))
    (rule,) = [row for row in comparison.rules if row[0] == "When a standard is met"]
    assert "weighted mean of its criteria is at least 1.75" in rule[2]
    row = next(row for group in comparison.changed for row in group.rows)
    assert row.also == ["weight 1 → 2", "required now"]


def test_threshold_above_what_is_met_blocks_and_the_database_refuses_it() -> None:
    draft = with_rule(make_draft(), mean_from=Decimal("2.5"))
    assert blocking(draft) == ["The threshold of the mean lies above the level that counts as met."]
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardSet.objects.filter(pk=draft.pk).update(
            state="published", published_at="2026-01-01T00:00:00Z"
        )


def test_standard_that_requires_nothing_blocks_when_the_share_is_none() -> None:
    draft = with_rule(make_draft(), rule_kind="share", met_percent=0)
    for code in ("A1.1", "B1.1"):
        Criterion.objects.filter(pk=criterion(draft, code).pk).update(is_required=True)
    assert blocking(draft) == ["By this rule standard A2 is always met: it requires nothing."]


@pytest.mark.parametrize(
    "wrong", [{"met_percent": 101}, {"exemplary_percent": 0}, {"exemplary_percent": 101}]
)
def test_percents_are_bounded_in_the_database(wrong: dict[str, int]) -> None:
    draft = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardSet.objects.filter(pk=draft.pk).update(**wrong)


def test_weight_is_bounded_in_the_database() -> None:
    row = criterion(make_draft(), "A1.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.filter(pk=row.pk).update(weight=11)


# --- the page ------------------------------------------------------------------------------


@pytest.fixture
def keeper(signed_in: Any) -> Client:
    client: Client = signed_in(make_keeper())
    return client


def test_rule_is_saved_and_said_in_words(keeper: Client) -> None:
    draft = make_draft()
    response = keeper.post(PAGE, RULE | {"version": draft.version})
    assert response.headers["Location"] == PAGE
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in RULE} == RULE
    assert (
        "średnia ważona jego kryteriów wynosi co najmniej 1,75" in keeper.get(PAGE).content.decode()
    )


@pytest.mark.parametrize(
    "wrong", [{"rule_kind": ""}, {"mean_from": "2.01"}, {"exemplary_percent": 0}]
)
def test_wrong_rule_keeps_what_was_typed(wrong: dict[str, Any], keeper: Client) -> None:
    draft = make_draft()
    response = keeper.post(PAGE, RULE | {"version": draft.version} | wrong)
    assert response.status_code == 422
    assert 'value="90"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.rule_kind == "all"


def test_rule_saved_in_another_tab_is_shown_beside_ones_own(keeper: Client) -> None:
    draft = make_draft()
    data = RULE | {"version": draft.version}
    keeper.post(PAGE, data)
    response = keeper.post(PAGE, data | {"exemplary_percent": 70})
    assert response.status_code == 409
    assert [value for _label, value in response.context["newer"]] == ["60"]


def test_everybody_reads_the_rule_in_the_catalogue(client: Client) -> None:
    edition = services.publish(with_rule(make_draft()), by=None)
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "średnia ważona jego kryteriów wynosi co najmniej 1,75" in page
