"""What `lipei demo` runs besides: the phone simulator, a made-up Twilio account whose server it is, and a password
for the demo staff."""

from __future__ import annotations

import os
import secrets

from sqlalchemy import select

from claims import logins
from claims.database import unit_of_work
from claims.models import StaffAccount
from claims.seed.staff import STAFF
from lipei.processes import APP_PYTHON, Process
from lipei.secrets import read_or_create_secret
from lipei.settings import Settings

PREFIX = "LIPEI_TWILIO_"
NUMBER = "+8613800138000"


def make_up_account(settings: Settings) -> bool:
    """Put the account into the environment, unless one is configured there already: then nothing is simulated.

    The secrets are new at each start: whoever reaches the demonstration's gateway cannot sign as its provider.
    """
    if any(name.startswith(PREFIX) and value for name, value in os.environ.items()):
        return False
    os.environ.update(
        {
            f"{PREFIX}ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            f"{PREFIX}AUTH_TOKEN": secrets.token_hex(16),
            f"{PREFIX}FROM": NUMBER,
            f"{PREFIX}API_BASE": f"http://127.0.0.1:{settings.phone_port}",
            # Nobody sleeps beside these phones, and whoever looks at the demonstration may live by another clock.
            "LIPEI_QUIET_HOURS": "0",
        }
    )
    return True


def phone(settings: Settings) -> Process:
    """The simulator's process, on loopback."""
    url = f"http://127.0.0.1:{settings.phone_port}/healthz"
    command = (str(settings.root / APP_PYTHON), "-m", "standins.phone")
    return Process("phone", command, "127.0.0.1", settings.phone_port, url)


def staff_password(settings: Settings) -> str:
    """One password for all demo accounts that have none, made up once an installation and kept beside its keys."""
    password = read_or_create_secret(
        settings.var_dir / "keys" / "demo-staff.password", lambda: secrets.token_urlsafe(9)
    )
    with unit_of_work(settings.database_url) as work:
        of_demo = StaffAccount.login.in_([login for login, *_ in STAFF])
        for account in work.session.scalars(select(StaffAccount).where(of_demo, StaffAccount.password_hash.is_(None))):
            logins.set_password(work.session, account, password, "demo")
        work.commit()
    return password
