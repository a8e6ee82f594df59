"""`python -m desk`: serves the staff API and the pages on LIPEI_DESK_HOST and LIPEI_DESK_PORT."""

import sys

import uvicorn

from channels.serving import logs
from claims.database import upgrade
from claims.errors import ConfigError
from desk.web import create_web
from lipei.settings import SettingsError, get_settings

GRACE_SECONDS = 5


def main() -> None:
    """Check the settings, bring the database up to date, serve until stopped."""
    try:
        settings = get_settings()
        logs.configure(settings.log_level)
        upgrade(settings.database_url)
    except (SettingsError, ConfigError) as error:
        sys.exit(f"desk: {error}")
    uvicorn.run(
        create_web(settings),
        host=settings.desk_host,
        port=settings.desk_port,
        log_config=None,
        access_log=settings.log_level == "DEBUG",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


if __name__ == "__main__":
    main()
