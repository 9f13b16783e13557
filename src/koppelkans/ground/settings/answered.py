"""Answers on whether two works of registers are one job. (nl: antwoorden op samenvoegen)."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from koppelkans.ground.settings.figures import Part

MOST_ANSWERS = 20_000
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True)]


class RegisteredWork(Part):
    """One work by the source that it stands in and its name there."""

    source: ShortText = Field(description="name of the source")
    work: ShortText = Field(description="name of the work in that source")

    @property
    def key(self) -> tuple[str, str]:
        """Return source and work."""
        return self.source, self.work


class SameAnswer(Part):
    """Whether two works of registers are one job, as a person said."""

    one: RegisteredWork = Field(description="work")
    other: RegisteredWork = Field(description="the other work")
    same: bool = Field(description="true: one work; false: two works, never proposed again")

    @model_validator(mode="after")
    def _two_works(self) -> "SameAnswer":
        """Refuse an answer about a work and itself."""
        if self.one == self.other:
            msg = f"two works, not twice `{self.one.work}` of `{self.one.source}`"
            raise ValueError(msg)
        return self

    @property
    def pair(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return both keys, the lower one first."""
        one, other = sorted((self.one.key, self.other.key))
        return one, other


def agreeing(answers: list[SameAnswer]) -> list[SameAnswer]:
    """Return answers that do not speak against each other: joined through others is joined too.

    Raises
    ------
    ValueError
        With the first pair that is kept apart and joined as well.
    """
    groups = joined_keys(answers)
    for answer in answers:
        one, other = answer.pair
        if not answer.same and one in groups and groups[one] == groups.get(other):
            msg = (
                f"answers that agree: `{one[1]}` ({one[0]}) and `{other[1]}` ({other[0]}) are kept apart and joined too"
            )
            raise ValueError(msg)
    return answers


def joined_keys(answers: list[SameAnswer]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return for each work that was joined the lowest key of all that are one work with it."""
    above: dict[tuple[str, str], tuple[str, str]] = {}

    def top(key: tuple[str, str]) -> tuple[str, str]:
        while above.setdefault(key, key) != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for answer in answers:
        if answer.same:
            one, other = sorted((top(answer.one.key), top(answer.other.key)))
            above[other] = one
    return {key: top(key) for key in sorted(above)}
