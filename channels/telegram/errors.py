"""What the Bot API refuses, in the base's words: what no later try helps, and how long to wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.base import AddressGone, MessageRefused, PassingFailure

_NO_SUCH_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated")


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turns the library's errors into PassingFailure, AddressGone or MessageRefused. Their texts, which may hold an
    address or the token, are kept out.

    A time-out says nothing of whether the message was taken, and the Bot API has no key to ask by: it is sent again,
    because a message twice is better than none.
    """
    try:
        yield
    except RetryAfter as error:
        raise PassingFailure("telegram: too many requests", seconds_to_wait(error)) from error
    except Forbidden as error:
        raise AddressGone("telegram: blocked by the user, or gone") from error
    except BadRequest as error:  # which the library makes a NetworkError: before that
        if any(reason in error.message.lower() for reason in _NO_SUCH_CHAT):
            raise AddressGone("telegram: no such chat") from error
        raise MessageRefused("telegram: message refused") from error
    except InvalidToken as error:
        # Ours to set right: what waits leaves then.
        raise PassingFailure("telegram: LIPEI_TELEGRAM_BOT_TOKEN is refused") from error
    except TimedOut as error:
        raise PassingFailure("telegram: no answer in time") from error
    except NetworkError as error:
        raise PassingFailure("telegram: not reached") from error
    except TelegramError as error:
        raise PassingFailure(f"telegram: {type(error).__name__}") from error


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks for; the library is about to change the type."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
