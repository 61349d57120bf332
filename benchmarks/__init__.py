"""What `make bench` measures: ratios of one run, request units, and what they cost. See docs/performance.md."""
