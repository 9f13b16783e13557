"""The steps of a search by size and shape of the problem, each threshold measured. (nl: zoekverloop)."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["streets", "paid", "whole", "paid whole", "any"]
Do = Literal["start", "bound", "charge", "twice", "price", "join", "likely", "prove", "improve", "polish"]


@dataclass(frozen=True)
class Rounds:
    """Rounds of planning anew: how wide at first (choices), how many, and how many in vain."""

    choices: int
    most: int
    stale: int = 60


@dataclass(frozen=True)
class SearchStep:
    """One step of a search.

    Parameters
    ----------
    do
        `bound`: only the bound of the relaxation. `charge`: a search in which works are charged for what they open, without payments.
        `start`: what the relaxation takes, relaxed anew around it, and so on. `twice`: two searches among the choices that
        the relaxation takes at all, filled up and crossed. `price`: prices of what works share,
        from blocks that are planned alone. `join`: plans of the blocks put together. `likely`: a proof from the root beside
        searches among likely choices, which are then crossed. `prove`: the whole model searched from its root on one core
        while the other plans parts anew; without rounds by itself. `improve`: parts planned anew, two at a time.
        `polish`: the same for a little while once the gap is reached.
    rounds
        Rounds of planning anew, beside the proof or by themselves.
    effort
        Choices x nodes that the search of the whole model may take; at least one node.
    among_likely
        Rounds look only among likely choices, where these are known.
    tighten
        The relaxation is also told of what it takes that cannot go together.
    """

    do: Do
    rounds: Rounds | None = None
    effort: int = 0
    among_likely: bool = False
    tighten: bool = False


@dataclass(frozen=True)
class SearchCourse:
    """The steps for problems up to a size and of a shape.

    `again` is what every next turn does, wider and deeper each time.

    `shape` tells whether it is for problems that fall apart into small blocks once what works share has a price ("streets"; "paid" where openings are paid too), for those
    that do not ("whole"; "paid whole" where openings are paid too), or for all.
    """

    name: str
    choices: float
    shape: Shape
    steps: tuple[SearchStep, ...]
    again: tuple[SearchStep, ...]


BLOCK = 700
"""Blocks of more choices than this are no small problems: a city with such a block does not fall apart."""
LEAST_BLOCKS = 4
"""Nor does a small one of which a block holds more than its part of the choices, were there so many alike."""
WHOLE = 1_500
"""Problems of so many choices or fewer are not asked whether they fall apart: they are searched whole anyway."""
SMALL_ROUNDS = Rounds(choices=140, most=400)
"""Measured at 160 works: a search of 140 choices mostly ends within a second."""
DENSE_ROUNDS = Rounds(choices=150, most=80)
"""After two searches among likely choices: 80 rounds bring 407 works from 35.87 to 35.54 M in 6 s of processor, 689 works from 73.47 to
73.01 M in 15 s. Another 40 rounds gain 0.1 % or nothing. Sizes settle between 120 and 250 choices (measured)."""
MANY_ROUNDS = Rounds(choices=150, most=120)
"""At 14,132 choices 40, 80 and 120 rounds bring 156.94, 156.52 and 156.33 M in 5.5, 11 and 16 s of processor; rounds of 400 choices
156.44 M in 33 s (measured)."""
WIDE_ROUNDS = Rounds(choices=600, most=200, stale=30)
"""Where the city falls apart into blocks searches of 600 choices are easy (measured at 1,152 works)."""
BRIEF_ROUNDS = Rounds(choices=600, most=200, stale=8)
"""Beside another search: ended before the wider rounds, which take long on one core."""

TINY = 500
"""Problems of so many choices or fewer are mostly proven by the plain model alone at once: 87 works of the bench (477 choices) took it
0.13 s of processor, tight or ample; at 100 works (536 choices) 0.5 to 10 s, so that a second search beside it begins to pay (measured)."""

PAID_ROUNDS = Rounds(choices=250, most=400, stale=60)
"""Where payments have to be divided too a search of 250 choices takes a second (measured at 1,152 works)."""
PAID_PARTS = Rounds(choices=120, most=40, stale=20)
"""After a search in which works were charged: a round with payments takes six times as long as one without (measured at 98 works)."""
POLISH = SearchStep("polish", Rounds(choices=140, most=40, stale=12))
"""Where the gap is reached there may be a cheaper programme near: 160 works, tight, from 43.730 to 43.724 M in 26 rounds, one second of
processor (measured); the plain model, which goes on below the gap that is asked, has 43.724 M."""
_SMALL = (SearchStep("prove", SMALL_ROUNDS, effort=250_000), POLISH)
"""The proof begins with nothing: begun at the best among the choices that the relaxation mostly makes it did worse (100 works 0.25 %,
from nothing 0.17 %; 268 works 0.15 and 0.14 %, after 6 to 8 s of processor on each core). That programme is for the rounds."""
_SMALL_AGAIN = (SearchStep("prove", SMALL_ROUNDS, effort=1_000_000), POLISH)
_WIDER = (SearchStep("improve", WIDE_ROUNDS), SearchStep("prove", WIDE_ROUNDS, effort=100_000))

DENSE_AGAIN = (SearchStep("improve", Rounds(200, 1_000, 200)), SearchStep("prove", Rounds(200, 300), effort=250_000))

COURSES: tuple[SearchCourse, ...] = (
    # Purses that pay the openings of a small grid of streets: the whole model alone. 160 works of the bench: 0.1 % in 58 s of processor; charged
    # first, as in towns, 0.14 % after 85 s.
    SearchCourse(
        "small and paid streets",
        WHOLE,
        "paid",
        (SearchStep("prove", effort=250_000),),
        (SearchStep("prove", effort=1_000_000),),
    ),
    # Purses that pay the openings as well, up to 1,500 choices: a round of planning anew takes a second, for which the proof would wait.
    SearchCourse(
        "small and paid",
        WHOLE,
        "paid whole",
        (SearchStep("charge", DENSE_ROUNDS), SearchStep("prove", effort=50_000)),
        (SearchStep("prove", effort=200_000),),
    ),
    # The same in towns of our own that are larger: first a search without payments.
    SearchCourse(
        "dense and paid",
        30_000,
        "paid whole",
        (SearchStep("bound", tighten=True), SearchStep("charge", DENSE_ROUNDS), SearchStep("improve", PAID_PARTS)),
        (SearchStep("improve", PAID_PARTS),),
    ),
    # Up to 500 choices (some 90 works of the bench): the plain model alone, and only where that does not end at once the portfolio.
    SearchCourse("tiny", TINY, "any", (SearchStep("prove", effort=50_000), *_SMALL[:1]), _SMALL_AGAIN[:1]),
    # Up to 1,500 choices (160 to 250 works of the bench) the plain model proves 0.1 % within seconds: nothing beats branching.
    SearchCourse("small", WHOLE, "any", _SMALL, _SMALL_AGAIN),
    # 251 works of the bench (1,389 choices): the whole model of ours proves 0.1 % in 5 s of processor, the plain model in 17 s. Up to 3,500
    # choices (the 600 works of the goal) the same is expected; not yet measured on a quiet machine.
    SearchCourse("small streets", 3_500, "streets", _SMALL, _SMALL_AGAIN),
    # Our own towns (measured at 2,906 and 5,179 choices, one block): what cannot be done at all or together brings nearly all of the bound
    # that the cuts of the root bring, so that both cores look for programmes among likely choices.
    SearchCourse(
        "dense",
        8_000,
        "whole",
        (SearchStep("start", tighten=True), SearchStep("twice"), SearchStep("improve", DENSE_ROUNDS)),
        DENSE_AGAIN,
    ),
    # At 14,132 choices the first programme from the relaxation is within 3 % of it (4 s), rounds bring 2.1 % in another 16 s; a search among
    # likely choices was not over after eight minutes, and the root tells little more than the relaxation (measured).
    SearchCourse(
        "wide and dense",
        30_000,
        "whole",
        (SearchStep("start", tighten=True), SearchStep("improve", MANY_ROUNDS)),
        DENSE_AGAIN,
    ),
    # 1,152 works (6,000 choices): prices take six seconds and tell little more than the relaxation, which takes one.
    SearchCourse(
        "middle",
        10_000,
        "streets",
        (SearchStep("likely"), SearchStep("improve", WIDE_ROUNDS, among_likely=True), *_WIDER[:1]),
        _WIDER,
    ),
    # 3,796 works (20,000 choices): prices name the likely choices better than the relaxation, and sooner.
    SearchCourse(
        "city",
        30_000,
        "streets",
        (
            SearchStep("price"),
            SearchStep("join"),
            SearchStep("likely"),
            SearchStep("improve", WIDE_ROUNDS, among_likely=True),
            *_WIDER[:1],
        ),
        _WIDER,
    ),
    # Above 30,000 choices the relaxation alone takes minutes: the whole model is not searched from its root.
    SearchCourse(
        "large city",
        float("inf"),
        "streets",
        (SearchStep("price"), SearchStep("join"), SearchStep("improve", WIDE_ROUNDS)),
        _WIDER[:1],
    ),
    # Purses that pay the openings as well: at 1,152 works prices take 38 s of processor and prove 0.7 % more than the relaxation, the mix
    # that they leave is settled within 0.6 % in another 17 s; the plain model is at 28 % after 120 s (measured).
    SearchCourse(
        "paid streets",
        float("inf"),
        "paid",
        (SearchStep("price"), SearchStep("join"), SearchStep("improve", PAID_ROUNDS)),
        (SearchStep("improve", PAID_ROUNDS),),
    ),
    SearchCourse(
        "large and dense", float("inf"), "whole", (SearchStep("start"), SearchStep("improve", MANY_ROUNDS)), _WIDER[:1]
    ),
)
"""The courses, from small to large; the first that fits is taken."""


def course_of(choices: int, *, falls_apart: bool, paid: bool = False) -> SearchCourse:
    """Return the first course for so many choices and this shape."""
    apart, whole = ("paid", "paid whole") if paid else ("streets", "whole")
    shapes = {"any", apart} if falls_apart else {"any", whole, "whole"}
    return next(one for one in COURSES if choices <= one.choices and one.shape in shapes)
