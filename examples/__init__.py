"""Playing with a running centre."""
