"""What the addresses of a calibration take in the small world."""

from typing import Any

from certification.applications.models import Application
from institutions.models import User
from tests.assessments.calibration.factories import make_round, make_sample_card, open_row


def args_of_calibrations(
    application: Application, people: dict[str, User | None]
) -> dict[str, list[Any]]:
    """Two rounds copied from the case, one being prepared and one that the assessor rates; the
    arguments of every address of a calibration.
    """
    prepared, opened = (make_round(application, created_by=people["office"]) for _one in range(2))
    card = make_sample_card(open_row(opened), people["assessor"])
    of_office = "detail edit replace discard open"
    of_open = "invite close bench submit standing"
    return {
        **{f"calibration_{name}": [prepared.pk] for name in of_office.split()},
        **{f"calibration_{name}": [opened.pk] for name in of_open.split()},
        "sample_edit": [prepared.pk, "A1.1"],
        "calibration_save": [opened.pk, "A1.1"],
        "calibration_autosave": [opened.pk, "A1.1"],
        "calibration_uninvite": [opened.pk, card.pk],
    }
