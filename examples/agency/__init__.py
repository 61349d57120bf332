"""An agency of the 1022 exchange, made to be copied: README.md."""
