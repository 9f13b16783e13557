"""AHP: every two items compared, and how well the comparisons fit together. (nl: paarsgewijs vergelijken)."""

from collections.abc import Sequence

import numpy as np

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, ElicitedAnswers
from koppelkans.weighing.elicit import Elicitor, Weighed
from koppelkans.weighing.method import Floats

LIMIT = 0.10
"""Consistency ratio above which Saaty advises to ask again."""
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices of 1 to 15 items (Saaty 1980)."""


def weigh(answers: ElicitedAnswers, items: Sequence[str], place: str) -> Weighed:
    """Return the principal eigenvector of the comparisons, and their consistency ratio."""
    return of_matrix(_matrix(answers, items, f"{place}.pairs"))


def of_matrix(matrix: Floats) -> Weighed:
    """Return the weights of a reciprocal matrix of comparisons, and its consistency ratio."""
    count = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    index = (values[first].real - count) / max(count - 1, 1)
    chance = RANDOM_INDEX[count - 1]
    return Weighed(vector / vector.sum(), max(0.0, float(index / chance)) if chance else 0.0, LIMIT)


def _matrix(answers: ElicitedAnswers, items: Sequence[str], place: str) -> Floats:
    """Return the matrix of comparisons; 1 on its diagonal, and the inverse on the other side."""
    faults = []
    if len(items) > len(RANDOM_INDEX):
        faults.append(Fault(FILE_NAME, f"{len(items)} items", f"at most {len(RANDOM_INDEX)}", column=place, fatal=True))
    matrix = np.full((len(items), len(items)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    at = {item: row for row, item in enumerate(items)}
    for row, pair in enumerate(answers.pairs):
        if pair.one not in at or pair.other not in at or pair.one == pair.other:
            wanted = f"two different ones of {', '.join(items)}"
            faults.append(Fault(FILE_NAME, f"{pair.one}, {pair.other}", wanted, column=f"{place}.{row}", fatal=True))
            continue
        one, other = at[pair.one], at[pair.other]
        if not np.isnan(matrix[one, other]):
            found = f"{pair.one}, {pair.other} again"
            faults.append(Fault(FILE_NAME, found, "every two once", column=f"{place}.{row}", fatal=True))
        matrix[one, other], matrix[other, one] = pair.times, 1.0 / pair.times
    missing = [f"{items[one]}-{items[other]}" for one, other in np.argwhere(np.isnan(np.triu(matrix)))]
    if missing:
        faults.append(Fault(FILE_NAME, f"not {', '.join(missing)}", "every two once", column=place, fatal=True))
    if faults:
        raise SettingError(faults)
    return matrix


AHP = Elicitor(
    name="ahp",
    nl="paarsgewijs vergelijken (AHP)",
    en="pairwise comparison (AHP)",
    formula=r"A g = \lambda_{\max} g,\quad CR = \frac{\lambda_{\max} - n}{(n - 1)\, RI_n}",
    source="Saaty (1980), The analytic hierarchy process, McGraw-Hill",
    weigh=weigh,
)
