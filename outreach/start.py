"""Checking everything before the first row is taken: settings, rules, purposes, the database."""

import logging

from claims.database import upgrade
from claims.rules.startup import check_rules
from claims.surveys import surveys
from lipei.settings import get_settings
from outreach.policy import policy
from outreach.purposes import purposes
from outreach.worker import run


def start() -> None:
    """Work until stopped. Raises SettingsError, ConfigError or RuleFileError."""
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    check_rules()
    surveys()
    policy()
    purposes()
    upgrade(settings.database_url)
    run(settings.database_url)
