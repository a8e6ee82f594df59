"""`python -m channels.gateway`: serves every channel on LIPEI_GATEWAY_HOST and LIPEI_GATEWAY_PORT."""

import logging
import sys
from importlib.util import find_spec

import uvicorn

from channels import registry
from channels.gateway.app import create_app
from channels.serving import logs
from claims.database import upgrade
from claims.errors import ConfigError
from lipei.settings import SettingsError, get_settings

GRACE_SECONDS = 5

# httpcore asks for sniffio at each of its locks, several times a call. A module that is not there is searched for on
# the disk each time, half a millisecond; one that is known not to be there is not.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]


def main() -> None:
    """Check the settings, bring the database up to date, serve until stopped."""
    try:
        settings = get_settings()
        logs.configure(settings.log_level)
        upgrade(settings.database_url)
        states = registry.states(settings)
        app = create_app(settings)
    except (SettingsError, ConfigError) as error:
        sys.exit(f"gateway: {error}")
    for name, state in states:
        # On, but not as it should be: a channel that nobody wants is no reason to warn.
        level = logging.WARNING if state.startswith("on") and "set LIPEI_" in state else logging.INFO
        logging.getLogger("channels").log(level, "channel %s: %s", name, state)
    uvicorn.run(
        app,
        host=settings.gateway_host,
        port=settings.gateway_port,
        log_config=None,
        access_log=settings.log_level == "DEBUG",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws_max_size=131_072,
    )


if __name__ == "__main__":
    main()
