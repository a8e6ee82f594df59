"""Hand-overs with bot turns in flight: a small shift, on a real gateway; the whole one is `lipei eval handover`."""

from pathlib import Path

from evaluation.handover.shift import Shift, run


async def test_never_two_speakers_and_nothing_lost(tmp_path: Path) -> None:
    found = await run(Shift(handovers=12, agents=4, customers=4, messages_each=10), tmp_path)
    assert found["problems"] == []
    assert found["handovers"] >= 12
    assert found["left_to_agents"] > 0, "no turn was under way when an agent came: this has shown nothing"
