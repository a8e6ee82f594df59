"""`python -m standins.phone`: serves the simulator on 127.0.0.1. Started by `make demo`, which makes up the account."""

import logging
import os

import uvicorn

from standins.phone.app import create_app
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from standins.voice.routes import VoicePhones


def main() -> None:
    """Reads what `lipei demo` put into the environment."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    account = Account(
        os.environ["LIPEI_TWILIO_ACCOUNT_SID"], os.environ["LIPEI_TWILIO_AUTH_TOKEN"], os.environ["LIPEI_TWILIO_FROM"]
    )
    gateway = f"http://127.0.0.1:{os.environ.get('LIPEI_GATEWAY_PORT', '8080')}"
    messages = Messages(account, gateway_url=gateway)
    public_url = os.environ.get("LIPEI_PUBLIC_URL", "http://localhost:8080")
    app = create_app(messages, public_url, VoicePhones(account, gateway, public_url).routes())
    port = int(os.environ.get("LIPEI_PHONE_PORT", "8090"))
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
