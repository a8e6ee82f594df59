"""The pages, one file each. Importing the package registers them with NiceGUI."""

from desk.pages import accounts, audit, board, case, cases, complaints, home, quality, talks

__all__ = ["accounts", "audit", "board", "case", "cases", "complaints", "home", "quality", "talks"]
