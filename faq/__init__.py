"""The knowledge base of the claims page and its retrieval. Knows nothing of claims, channels or the dialogue engine."""
