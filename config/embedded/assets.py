"""`python -m config.embedded.assets`: copy what browsers get from node_modules into static/vendor/.

The folder is git-ignored. Of USWDS it holds the minified files, the fonts of current browsers and the
images that its style sheet names; and axe-core, which the accessibility tests use, where it is installed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from config.embedded.layout import ROOT

# Sets of icons that no style sheet refers to; all icons in use are in `sprite.svg`.
LEFT_OUT = ("material-icons", "material-icons-deprecated", "*.ttf", "*.woff")


def copy(modules: Path, vendor: Path) -> None:
    """Make `vendor` anew. FileNotFoundError when USWDS is not in `modules`."""
    uswds = modules / "@uswds" / "uswds" / "dist"
    fresh = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder in ("fonts", "img"):
        shutil.copytree(uswds / folder, fresh / "uswds" / folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for folder in ("css", "js"):
        (fresh / "uswds" / folder).mkdir()
        for file in (uswds / folder).glob("*.min.*"):
            shutil.copy(file, fresh / "uswds" / folder)
    axe = modules / "axe-core" / "axe.min.js"
    if axe.exists():
        (fresh / "axe").mkdir()
        shutil.copy(axe, fresh / "axe")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)


if __name__ == "__main__":
    try:
        copy(ROOT / "node_modules", ROOT / "static" / "vendor")
    except FileNotFoundError as error:
        sys.exit(f"error: {error.filename} is missing. Run `npm ci` first.")
