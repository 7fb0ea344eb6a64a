from __future__ import annotations

import pytest

from tests.architecture.scene import Scene, build


@pytest.fixture
def scene(db: None) -> Scene:
    """Needs the database; everything is made through the services, so every verb has left its entry."""
    return build()
