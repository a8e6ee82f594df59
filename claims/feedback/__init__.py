"""What customers say in their own words about a claim: the mood, and which topics. How well: docs/feedback.md."""

from claims.feedback.reading import MOODS, TOPICS, Reading, read
from claims.feedback.trends import Week, trends

__all__ = ["MOODS", "TOPICS", "Reading", "Week", "read", "trends"]
