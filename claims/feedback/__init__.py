"""What customers say in their own words about a claim: the mood, and which topics. How well: docs/feedback.md."""

from claims.feedback.examples import examples
from claims.feedback.reading import MOODS, TOPICS, Reader, Reading
from claims.feedback.trends import Week, trends
from claims.feedback.words import topics_named

__all__ = ["MOODS", "TOPICS", "Reader", "Reading", "Week", "examples", "topics_named", "trends"]
