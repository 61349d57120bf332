"""The log of a period in a file; see docs/replay.md."""
