"""Tổng Đài: the back office of a Vietnamese public-administration hotline (1022)."""

import gc

__version__ = "0.1.0"

gc.set_threshold(10_000)  # what is imported stays: to look for garbage among it costs a tenth of a cold start
