"""Advice to customers whom it concerns: drafted from a template, looked at, approved by somebody else, sent once."""

from claims.campaigns.outcome import PURPOSE, Outcome, outcomes
from claims.campaigns.running import approve, draft, get, listing, stop
from claims.campaigns.targets import Preview, concerned, preview
from claims.campaigns.templates import Template, templates, text

__all__ = [
    "PURPOSE",
    "Outcome",
    "Preview",
    "Template",
    "approve",
    "concerned",
    "draft",
    "get",
    "listing",
    "outcomes",
    "preview",
    "stop",
    "templates",
    "text",
]
