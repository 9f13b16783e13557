"""Names of streets and quarters, from word lists with a theme per quarter, none twice. (nl: straatnamen)."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, count
from typing import Any

from koppelkans.demo.plan import dice


@cache
def words() -> dict[str, Any]:
    """Return the word lists."""
    return tomllib.loads((files("koppelkans.demo") / "words.toml").read_text(encoding="utf-8"))


def town_name(seed: int) -> str:
    """Return the invented name of the town."""
    towns: list[str] = words()["towns"]
    return towns[(seed - 1) % len(towns)]


def neighbours(seed: int, count_: int) -> list[str]:
    """Return the names of the roads to (invented) other towns."""
    towns: list[str] = words()["neighbours"]
    return [f"{towns[(seed + number) % len(towns)]}seweg" for number in range(count_)]


def theme_names(theme: str, seed: int) -> Iterator[str]:
    """Yield names of a theme without end.

    Every word with one suffix, then with the next, then with a word before it.
    """
    found = words()["themes"][theme]
    stems = [found["words"][place] for place in dice(seed, f"names {theme}").permutation(len(found["words"]))]
    tails = found["suffixes"]
    plain = [
        f"{stem}{tails[(place + turn) % len(tails)]}" for turn in range(len(tails)) for place, stem in enumerate(stems)
    ]
    before: list[str] = words()["prefixes"]
    prefixed = (f"{word} {name}" for word in before for name in plain)
    numbered = (f"{number}e {name}" for number in count(2) for name in plain)
    return chain(plain, prefixed, numbered)


def named(themes: Sequence[str], *, seed: int, taken: Sequence[str] = ()) -> list[str]:
    """Return a name for each street from its theme.

    In order; never one that is `taken` or given twice.
    """
    queues = {theme: theme_names(theme, seed) for theme in dict.fromkeys(themes)}
    used = set(taken)
    found = []
    for theme in themes:
        name = next(name for name in queues[theme] if name not in used)
        used.add(name)
        found.append(name)
    return found
