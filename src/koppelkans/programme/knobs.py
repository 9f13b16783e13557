"""The three knobs of the board: how much quality, money and risk weigh, as factors on a problem. (nl: knoppen)."""

from dataclasses import dataclass, replace

from koppelkans.programme.problem import Problem


@dataclass(frozen=True, slots=True)
class Knobs:
    """Factors of the board; 1 leaves the problem as it is.

    Parameters
    ----------
    quality
        On the missed worth of ambitions.
    money
        On the budgets of all funds.
    risk
        On the risk of leaving undone and on the price of being late.
    """

    quality: float = 1.0
    money: float = 1.0
    risk: float = 1.0


def turn(problem: Problem, knobs: Knobs) -> Problem:
    """Return the problem as it is with the knobs turned.

    Formula: undone' = (undone - ambition) x risk + ambition x quality; ambition' = ambition x quality; late' = late x
    risk; budget' = budget x money.
    """
    works, ambition = problem.works, problem.works["ambition_eur"] * knobs.quality
    turned = works.assign(
        undone_eur=(works["undone_eur"] - works["ambition_eur"]) * knobs.risk + ambition,
        ambition_eur=ambition,
        late_eur_per_year=works["late_eur_per_year"] * knobs.risk,
    )
    funds = problem.funds.assign(budget_eur=problem.funds["budget_eur"] * knobs.money)
    return replace(problem, works=turned, funds=funds)
