"""Hypothesis without a clock: the same cases each time, however slow the machine."""

from hypothesis import settings

settings.register_profile("quiet", deadline=None, max_examples=25, derandomize=True)
settings.load_profile("quiet")
