"""What others made stands here byte for byte as its package holds it, with its licence."""

import hashlib
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "src" / "koppelkans" / "report" / "vendor"
LISTED = tomllib.loads((FOLDER / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
FILES = [
    (
        FOLDER / package.get("folder", package["package"]) / package.get("names", {}).get(name, Path(name).name),
        sha256,
    )
    for package in LISTED
    for name, sha256 in package["files"].items()
]


@pytest.mark.parametrize(("path", "sha256"), FILES, ids=lambda part: getattr(part, "name", ""))
def test_a_vendored_file_is_what_its_package_holds(path: Path, sha256: str):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_nothing_stands_among_the_vendored_files_that_is_not_listed():
    found = {path for path in FOLDER.rglob("*") if path.is_file() and path.parent != FOLDER}
    assert found == {path for path, _ in FILES}


@pytest.mark.parametrize("package", LISTED, ids=lambda package: package["package"])
def test_a_vendored_package_says_where_it_came_from_and_brings_its_licence(package: dict):
    assert package["integrity"].startswith("sha512-")
    assert package["licence"]
    assert any("LICENSE" in name for name in package["files"])
