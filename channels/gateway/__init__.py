"""The router between the channels, the claims database and the dialogue engine."""
