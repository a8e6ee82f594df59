"""The dialogue engine: Rasa Open Source 3.6.21 with our graph components, in its own Python 3.10 environment."""
