"""The worked example of the page on scenarios runs."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "scenarios.md").read_text(encoding="utf-8")


def test_the_worked_example_of_the_scenarios_runs():
    (example,) = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert "assert" in example
    exec(example, {})  # noqa: S102
