"""The dialogue engine: Rasa Open Source 3.6.21 with its own graph components, run in its own Python 3.10 environment."""
