"""What the clock starts."""

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

timers = Blueprint(__name__)


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> None:
    """Flag what is due."""


@timers.schedule(Rate(5, unit=Rate.MINUTES), name="recover")
def recover(event: CloudWatchEvent) -> None:
    """Relay what the stream lost."""


@timers.schedule(Cron(15, 0, "*", "*", "?", "*"), name="digest")
def digest(event: CloudWatchEvent) -> None:
    """Send the morning's digests: 00:15 UTC is 07:15 in Vietnam."""
