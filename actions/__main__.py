"""The action server: `python -m actions`, on loopback only, one process."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from claims.database import unit_of_work
from faq import service
from lipei.settings import get_settings

logger = logging.getLogger("lipei.actions")


def main() -> None:
    """Load everything a turn needs, so that the first customer waits no longer than the next, then serve."""
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Sanic's access log would carry nothing of use at several lines a turn.
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    executor = ActionExecutor()
    executor.register_package("actions")
    with unit_of_work():
        logger.info("database ready")
    service.get_index()
    logger.info("knowledge base ready")
    app: Sanic = create_app(executor)
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
