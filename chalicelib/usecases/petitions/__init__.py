"""What is done with petitions; nothing outside of the track imports this."""
