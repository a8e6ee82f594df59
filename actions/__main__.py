"""The action server: `python -m actions`, on loopback only, one process."""

from __future__ import annotations

import logging
from typing import Any

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from claims.database import unit_of_work
from claims.rules.startup import check_rules
from faq import service
from lipei.settings import get_settings

logger = logging.getLogger("lipei.actions")


class Executor(ActionExecutor):
    """Reads the domain once at start: sent with every call it would be most of what a turn transports.

    The protocol of newer engines (a digest, and 449 "send it again") is not spoken by Rasa 3.6.
    """

    def __init__(self, domain: dict[str, Any]) -> None:
        super().__init__()
        self.domain = domain

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any] | None:
        return self.domain


def main() -> None:
    """Load everything a turn needs, so that the first customer waits no longer than the next, then serve."""
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Sanic's access log would carry nothing of use at several lines a turn.
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    executor = Executor(yaml.safe_load((settings.root / "domain.yml").read_text(encoding="utf-8")))
    executor.register_package("actions")
    check_rules()
    with unit_of_work():
        logger.info("rules and database ready")
    service.get_index()
    logger.info("knowledge base ready")
    app: Sanic = create_app(executor)
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
