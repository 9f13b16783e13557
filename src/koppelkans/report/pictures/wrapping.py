"""A name over several lines, so that it fits beside a picture. (nl: regels breken)."""


def wrapped(name: str, letters: int) -> list[str]:
    """Break a name at its spaces into lines of at most so many letters; a longer word keeps a line of its own."""
    rows = [""]
    for word in name.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(longer) > letters:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows
