"""Files spoilt at random: bytes changed, cut, doubled, and values put where they do not belong; in a zip also inside its members."""

import gzip
import io
import random
import zipfile

WILD = (
    b"", b"\x00", b"\xff\xfe", b"-1", b"1e308", b"NaN", b"9" * 400, b'"', b"<", b"&x;", b"]]>", b"{", b"[" * 50, b"\n", b";", b"\x80" * 8, b"EPSG:0", b"0 0 0",
    b"http://elsewhere.example/", b"../../x", b"4294967295", b"\xed\xa0\x80",
)  # fmt: skip
"""What is put in, or in place of what stood there."""
CHANGES = (1, 1, 1, 2, 4)
"""How many things are wrong in one file."""


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return a file with a few things wrong in it."""
    if content[:2] == b"PK" and rng.random() < 0.7:
        return _inside(content, rng)
    if content[:2] == b"\x1f\x8b" and rng.random() < 0.7:
        return gzip.compress(mutated(gzip.decompress(content), rng))
    made = bytearray(content)
    for _ in range(rng.choice(CHANGES)):
        _spoil(made, rng)
    return bytes(made)


def _spoil(made: bytearray, rng: random.Random) -> None:
    """Change one thing."""
    at = rng.randrange(len(made) + 1)
    end = min(len(made), at + rng.choice((1, 2, 8, 64, 512)))
    how = rng.choice((0, 0, 0, 1, 1, 2, 2, 3, 4, 5))
    if how == 0 and at < len(made):
        made[at] ^= 1 << rng.randrange(8)
    elif how == 1:
        made[at:end] = rng.choice(WILD)
    elif how == 2:
        made[at:at] = rng.choice(WILD)
    elif how == 3:
        made[at:at] = made[at:end] * rng.choice((1, 3, 50))
    elif how == 4:
        del made[at:end]
    else:
        del made[at:]


def _inside(content: bytes, rng: random.Random) -> bytes:
    """Return an archive with one member spoilt; the archive itself is sound."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            inner = old.read(name)
            new.writestr(name, mutated(inner, rng) if name == chosen else inner)
    return made.getvalue()
