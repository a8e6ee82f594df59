"""Alembic migrations of the claims database, shipped as package data."""
