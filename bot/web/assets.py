"""Build step: copy the style sheets and letters that the pages use from node_modules into static/vendor.

    npm ci && python -m bot.web.assets

static/vendor is not in git: the packages are other people's (EUPL-1.2 and OFL-1.1; their licences are copied along). A
municipality with a theme package of its own replaces the design tokens in THEME and names its class in base.html.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
VENDOR: Final = Path(__file__).parent / "static" / "vendor"

COMPONENTS: Final = "@utrecht/component-library-css"
THEME: Final = "@nl-design-system-unstable/voorbeeld-design-tokens"
SANS: Final = "@fontsource/noto-sans"
SERIF: Final = "@fontsource/noto-serif"

FILES: Final[dict[str, str]] = {
    "components.css": f"{COMPONENTS}/dist/index.css",
    "components-LICENSE.md": f"{COMPONENTS}/LICENSE.md",
    "theme.css": f"{THEME}/dist/theme.css",
    "theme-LICENSE.md": f"{THEME}/LICENSE.md",
    "noto-sans-400.woff2": f"{SANS}/files/noto-sans-latin-400-normal.woff2",
    "noto-sans-600.woff2": f"{SANS}/files/noto-sans-latin-600-normal.woff2",
    "noto-sans-700.woff2": f"{SANS}/files/noto-sans-latin-700-normal.woff2",
    "noto-sans-ext-400.woff2": f"{SANS}/files/noto-sans-latin-ext-400-normal.woff2",
    "noto-sans-LICENSE": f"{SANS}/LICENSE",
    "noto-serif-600.woff2": f"{SERIF}/files/noto-serif-latin-600-normal.woff2",
    "noto-serif-LICENSE": f"{SERIF}/LICENSE",
}
"""Name in static/vendor → path in node_modules."""


class PackagesMissing(Exception):
    """node_modules does not hold what is needed. The message names the cure."""


def copy_assets(node_modules: Path = ROOT / "node_modules", vendor: Path = VENDOR) -> tuple[Path, ...]:
    """Copy every file in FILES; what was there before goes. Raises PackagesMissing."""
    missing = sorted(name for name in FILES.values() if not (node_modules / name).is_file())
    if missing:
        raise PackagesMissing(f"not in {node_modules}: {', '.join(missing)}. Run 'npm ci' in {ROOT} first.")
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(node_modules / source, vendor / name)
    return tuple(vendor / name for name in FILES)


def are_copied(vendor: Path = VENDOR) -> bool:
    """Whether the pages will look as they should."""
    return all((vendor / name).is_file() for name in FILES)


def main() -> int:
    """Copy, and say what was done or is missing."""
    try:
        copied = copy_assets()
    except PackagesMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(copied)} files copied to {VENDOR}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
