"""A draft of the next edition, in which something of every kind changed."""

from typing import Any

from certification.standards import services
from certification.standards.models import Criterion, EvidenceType, Standard, StandardSet
from institutions.models import User

CODE = "cal-osl-2"


def draft_second_edition(*, by: User) -> str:
    """Copy the edition in use and change it; some of it still waits for the administrator."""
    base = StandardSet.objects.current()
    if base is None or StandardSet.objects.filter(code=CODE).exists():
        return "there already"
    draft = services.start_edition(
        base, by=by, code=CODE, edition="2", name_pl=base.name_pl, name_en=base.name_en
    )
    change_everything(draft, by=by)
    return "draft with one decision to make"


def change_everything(draft: StandardSet, *, by: User) -> None:
    """One change of every kind; of one old criterion it is still to be said what becomes of it."""
    _reword(draft, by=by)
    _split(draft, by=by)
    _merge(draft, by=by)
    _add(draft, by=by)
    services.remove_part(_criterion(draft, "E3.2"), by=by)
    services.remove_part(Standard.objects.of_set(draft).get(code="D4"), by=by)
    if draft.follows:
        services.take_back(draft, _criterion(draft.follows, "D4.1"), by=by)


def _criterion(edition: StandardSet, code: str) -> Criterion:
    return Criterion.objects.of_set(edition).get(code=code)


def _edit(criterion: Criterion, *, by: User, **values: Any) -> None:
    services.edit_part(criterion, by=by, values=values, expected_version=criterion.version)


def _reword(draft: StandardSet, *, by: User) -> None:
    _edit(
        _criterion(draft, "A1.4"),
        by=by,
        text_pl="Instytucja wydobywa i wzmacnia wartości, tradycje i kulturę, które są ważne "
        "dla różnych grup w społeczności.",
        text_en="Brings out and strengthens values, tradition and culture that matter to various "
        "groups of the community.",
    )
    _edit(
        _criterion(draft, "B1.3"),
        by=by,
        text_pl="Rozpoznanie jest aktualizowane co najmniej raz w roku.",
        text_en="Diagnosis updated at least once a year.",
    )
    about_place = _criterion(draft, "A5.1")
    evidence = EvidenceType.objects.filter(code__in=["opis_miejsca", "kalendarz"])
    _edit(about_place, by=by, word_limit=400, evidence_types=list(evidence))


def _split(draft: StandardSet, *, by: User) -> None:
    criterion = _criterion(draft, "C5.1")
    services.split_criterion(
        criterion,
        by=by,
        first=(
            "Mieszkańcy są włączani w rozpoznanie potrzeb i planowanie działań.",
            "Residents included in diagnosis and planning.",
        ),
        second=(
            "Mieszkańcy współdecydują w sprawach, które ich dotyczą, i wiedzą, co z ich głosem "
            "zrobiono.",
            "Residents co-decide on what concerns them and know what was done with their voice.",
        ),
        code="C5.4",
        expected_version=criterion.version,
    )


def _merge(draft: StandardSet, *, by: User) -> None:
    plan, dates = _criterion(draft, "B3.2"), _criterion(draft, "B3.3")
    services.merge_criteria(
        plan,
        dates,
        by=by,
        words=(
            "Plan określa zadania, adresatów i terminy oraz mierniki i sposób ewaluacji.",
            "Plan states tasks, addressees and dates, measures and an evaluation method.",
        ),
        expected_version=plan.version,
        expected_version_of_other=dates.version,
    )


def _add(draft: StandardSet, *, by: User) -> None:
    services.add_part(
        Criterion,
        within=Standard.objects.of_set(draft).get(code="A5"),
        by=by,
        values={
            "code": "A5.3",
            "text_pl": "Instytucja udostępnia narzędzia i miejsca spotkań w internecie osobom, "
            "które nie mogą przyjść.",
            "text_en": "Online tools and meeting places are open to people who cannot come.",
            "guidance_pl": "Napiszcie, jak mogą uczestniczyć osoby, które nie wychodzą z domu "
            "albo są w pracy. Pomocne będą: adres grupy internetowej, zapis spotkania online.",
            "guidance_en": "Say how people who stay at home or are at work can take part. "
            "Helpful: the address of an online group, a record of a remote meeting.",
            "word_limit": 400,
            "sourced": False,
            "evidence_types": list(EvidenceType.objects.filter(code__in=["media", "raport"])),
        },
    )
