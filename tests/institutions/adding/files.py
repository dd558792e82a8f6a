"""The file that is sent, what waits of it, and a scanner that is down."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.errors import CannotDo
from tests.institutions.hostile_files import pdf

PDF = pdf()


def file(content: bytes = PDF, name: str = "Statut.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def staged() -> list[Path]:
    root = Path(settings.UPLOADS_ROOT)
    return sorted(root.iterdir()) if root.exists() else []


def out_of_reach(*_args: Any, **_kwargs: Any) -> Any:
    raise CannotDo("Skaner nie odpowiada. Plik jest zachowany.")
