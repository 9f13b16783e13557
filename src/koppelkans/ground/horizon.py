"""The years that are planned for. (nl: horizon)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Horizon:
    """First and last calendar year, both included."""

    first: int
    last: int

    def __len__(self) -> int:
        """Return the number of years."""
        return self.last - self.first + 1

    @property
    def years(self) -> npt.NDArray[np.int64]:
        """Return all calendar years, in order."""
        return np.arange(self.first, self.last + 1, dtype=np.int64)
