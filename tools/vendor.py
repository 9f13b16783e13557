"""Fetch the vendored JavaScript again from the npm packages named in VENDOR.toml, and check licence and hash. (nl: meegeleverde JavaScript).

`python tools/vendor.py` puts every file back as its package holds it and stops where licence or hash differ.
`python tools/vendor.py --accept` takes over what the package of that version holds and writes its hashes into VENDOR.toml.
Needs the npm client.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "src" / "koppelkans" / "report" / "vendor"
LIST = FOLDER / "VENDOR.toml"


def packages() -> list[dict[str, Any]]:
    """Return what VENDOR.toml lists."""
    listed: list[dict[str, Any]] = tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]
    return listed


def place_of(listed: dict[str, Any], name: str) -> Path:
    """Return where a file of a package stands here: folder and name are those of the package unless VENDOR.toml says otherwise."""
    return FOLDER / listed.get("folder", listed["package"]) / listed.get("names", {}).get(name, Path(name).name)


def fetch(name: str, version: str) -> bytes:
    """Return the archive of a package, fetched by the npm client."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("the npm client is needed: install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - name and version stand in our own VENDOR.toml
            [npm, "pack", f"{name}@{version}", "--silent", "--pack-destination", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"npm pack {name}@{version} failed:\n{done.stderr}")
        return next(Path(folder).iterdir()).read_bytes()


def members(archive: bytes, wanted: list[str]) -> dict[str, bytes]:
    """Return the wanted files of a package, and its package.json."""
    found = {}
    with tempfile.TemporaryFile() as stream:
        stream.write(archive)
        stream.seek(0)
        with tarfile.open(fileobj=stream) as bundle:
            for name in [*wanted, "package.json"]:
                part = bundle.extractfile(f"package/{name}")
                found[name] = part.read() if part else b""
    return found


def renew(listed: dict[str, Any], *, accept: bool) -> list[tuple[str, str]]:
    """Write the files of one package; return pairs of old and new text for VENDOR.toml, empty where all is as listed."""
    archive = fetch(listed["package"], listed["version"])
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    files = members(archive, list(listed["files"]))
    licence = json.loads(files.pop("package.json")).get("license")
    if licence != listed["licence"]:
        sys.exit(f"{listed['package']}: licence is now {licence}, was {listed['licence']}")
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    changed = [(f'integrity = "{listed["integrity"]}"', f'integrity = "{integrity}"')]
    changed += [(f'"{name}" = "{old}"', f'"{name}" = "{found[name]}"') for name, old in listed["files"].items()]
    changed = [(old, new) for old, new in changed if old != new]
    if changed and not accept:
        sys.exit(f"{listed['package']} {listed['version']} is not what VENDOR.toml says:\n{changed}")
    for name, content in files.items():
        place = place_of(listed, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        print(f"{place.relative_to(FOLDER)}: {len(content):,} bytes")
    return changed


def main() -> None:
    """Renew every package."""
    accept = "--accept" in sys.argv[1:]
    text = LIST.read_text(encoding="utf-8")
    for listed in packages():
        for old, new in renew(listed, accept=accept):
            text = text.replace(old, new, 1)
    LIST.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
