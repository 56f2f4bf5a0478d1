from __future__ import annotations

import pytest

from macrohard.sandbox import Sandbox, open_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """The real one: these tests have no meaning without walls, so they fail where there are none."""
    return open_sandbox()
