import pytest

from institutions.import_files.kinds import WORDS
from tests.factories import make_kind


@pytest.fixture
def kinds(db):
    for code in WORDS:
        make_kind(code)
