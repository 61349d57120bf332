"""What would have become of the cases of a period under other rules (`make export`, `make replay`; docs/replay.md)."""
