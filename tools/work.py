"""Write tests/golden/work.toml: the work that fixed cases ask, counted and not timed. (nl: geteld werk)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from work_counts import CASES, TABLE, written


def main() -> None:
    """Count the work of every case and write the table."""
    TABLE.write_text(written({case: count() for case, count in CASES.items()}), encoding="utf-8")
    print(f"written: {TABLE.name}; say in CHANGELOG.md why a count grew")


if __name__ == "__main__":
    main()
