"""Chatwoot as far as an agent bot sees it: its webhook calls and the application API."""
