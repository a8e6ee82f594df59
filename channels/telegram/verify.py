"""What Telegram sends along with every update, so that nobody else can: the secret token given to setWebhook."""

from channels.base import Forged
from channels.webhook import Delivery, same

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def verify(delivery: Delivery, secret_token: str) -> None:
    """Raises Forged. Telegram signs neither body nor time: a replayed update is known by its ids."""
    if not same(delivery.headers.get(HEADER.lower(), ""), secret_token):
        raise Forged("wrong secret token")
