"""A Bot API of one's own: bots, chats, updates and their delivery, as https://core.telegram.org/bots/api says."""
