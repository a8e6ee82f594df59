"""E-mail, for notices."""
