"""Eighteen made-up months of a centre: when cases come, what they say, where they end. No public set of them exists."""
