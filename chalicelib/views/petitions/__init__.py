"""What of petitions is shown; nothing outside of the track imports this."""
