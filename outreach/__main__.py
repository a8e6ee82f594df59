"""`python -m outreach`: finds what is due and prepares it, until stopped. `lipei outreach run` does the same."""

import sys

from claims.errors import ConfigError
from lipei.settings import SettingsError
from outreach.start import start


def main() -> None:
    """Check the settings, bring the database up to date, work until stopped."""
    try:
        start()
    except (SettingsError, ConfigError) as error:
        sys.exit(f"outreach: {error}")


if __name__ == "__main__":
    main()
