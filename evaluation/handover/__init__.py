"""`lipei eval handover`: agents take conversations and give them back while the bot is in the middle of its turns."""
