"""How a key figure is drawn between its low and its high end: triangle, PERT, lognormal, or not at all. (nl: kansverdelingen)."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

PERT_FORMULA = r"m \sim a + (b-a)\,\text{Beta}\Bigl(1 + 4\tfrac{1-a}{b-a},\ 1 + 4\tfrac{b-1}{b-a}\Bigr),\qquad \text{E}(m) = \frac{a + 4 + b}{6}"
"""Low end a and high end b as shares of the value, which is the top (1)."""
LOGNORMAL_FORMULA = (
    r"\ln m \sim N(\mu, \sigma^2),\qquad \mu = \frac{\ln a + \ln b}{2},\quad \sigma = \frac{\ln b - \ln a}{2\, z_{1-q}}"
)
"""The share q of all outcomes lies below a and as many above b; z is the standard normal percentile."""


def triangular(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:  # noqa: ARG001 -- all have one form
    """Return draws from a triangle with its top at 1, from uniform draws.

    Inverse of the distribution function (Kotz and Van Dorp, Beyond Beta, 2004, ch. 1).
    """
    width = high - low
    left = low + np.sqrt(uniform * width * (1.0 - low))
    right = high - np.sqrt((1.0 - uniform) * width * (high - 1.0))
    return np.where(uniform < (1.0 - low) / width, left, right)


def pert(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:  # noqa: ARG001 -- all have one form
    """Return draws from a beta with its top at 1 that weighs the top four times as much as each end.

    Malcolm, Roseboom, Clark and Fazar, Application of a technique for research and development program evaluation,
    Operations Research 7 (1959), p. 646-669.
    """
    width = high - low
    first, second = 1.0 + 4.0 * (1.0 - low) / width, 1.0 + 4.0 * (high - 1.0) / width
    return np.asarray(low + width * special.betaincinv(first, second, uniform), dtype=float)


def lognormal(low: float, high: float, uniform: Floats, *, tail: float) -> Floats:
    """Return draws that are never below nothing; `low` and `high` are percentiles: the share `tail` lies beyond each."""
    middle = (np.log(low) + np.log(high)) / 2.0
    deviation = (np.log(high) - np.log(low)) / (2.0 * special.ndtri(1.0 - tail))
    return np.asarray(np.exp(middle + deviation * special.ndtri(uniform)), dtype=float)


DISTRIBUTIONS: dict[str, Callable[..., Floats]] = {"triangular": triangular, "pert": pert, "lognormal": lognormal}


def draw(distribution: str, low: float, high: float, uniform: Floats, *, tail: float) -> Floats:
    """Return draws of a figure as a share of its value; 1 where low and high are the same: then there is nothing to draw."""
    if high <= low:
        return np.ones(len(uniform))
    return DISTRIBUTIONS[distribution](low, high, uniform, tail=tail)
