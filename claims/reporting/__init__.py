"""Taking a report: what one message adds to the facts, and what has to happen next. No chat, no Rasa."""
