"""Tổng Đài: the back office of a Vietnamese public-administration hotline (1022)."""

__version__ = "0.1.0"
