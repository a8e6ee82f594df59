"""The claims core: database, rules and life cycle. Knows nothing of Rasa, HTTP or vendors."""
