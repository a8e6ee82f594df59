"""A small storm: every message three times, gateways killed in the middle; nothing lost, nothing doubled.

`lipei eval storm` is the same with 10,000 messages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.storm.weather import Storm, run
from tests.support.postgres import PostgresServer, postgres_server

__all__ = ["postgres_server"]

MESSAGES, CUSTOMERS, KILLS = 240, 24, 3


@pytest.mark.parametrize(("database", "gateways"), [("sqlite", 1), ("postgresql", 2)])
async def test_gateways_that_are_killed_lose_and_double_nothing(
    database: str, gateways: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = None
    if database == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.new_database())
    storm = Storm(MESSAGES, CUSTOMERS, gateways=gateways, kills=KILLS)
    result = await run(storm, tmp_path, url)
    assert result["problems"] == [], result
    assert (result["database"], result["kills"], result["deliveries"]) == (database, KILLS, 3 * MESSAGES)
    assert result["effects"] == result["answers"] == MESSAGES
