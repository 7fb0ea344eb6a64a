from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.architecture.scene import Scene, build


@pytest.fixture
def scene(db: None, settings: Any, tmp_path: Path) -> Scene:
    """Needs the database; everything is made through the services, so every verb has left its entry."""
    settings.ATTACHMENTS_DIR = tmp_path / "kept"
    settings.EXPORTS_DIR = tmp_path / "exports"
    return build()
