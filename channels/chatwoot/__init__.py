"""Chatwoot as the desk: its customers reach the bot through an agent bot, its agents take over there."""
