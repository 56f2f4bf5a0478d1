from __future__ import annotations

import pytest

from macrohard.company import Report

from .programs import ROMAN, ROMAN_REQUEST
from .scripted import built


@pytest.fixture(scope="session")
def roman(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What came of building the Roman numerals; tests that change the delivered project copy it first."""
    return built(tmp_path_factory.mktemp("roman"), ROMAN_REQUEST, ROMAN)
