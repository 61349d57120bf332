"""The Chalice application; what it serves is in chalicelib/entrypoints. See docs/architecture.md."""

from chalicelib.entrypoints.application import Application

app = Application()
