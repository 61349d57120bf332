"""Hypothesis without deadlines: how long an example takes is the machine's affair, and no test asserts a time."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
