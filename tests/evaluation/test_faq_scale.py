import json
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.faq_scale import Composed, measure_scale
from tests.faq.conftest import CharacterEmbedder, real_service

__all__ = ["real_service"]


def test_a_composed_text_lies_between_its_parts() -> None:
    embedder = CharacterEmbedder()
    together = Composed(embedder, {"住院,投诉": ("住院", "投诉")}).encode(["住院,投诉", "住院"])  # type: ignore[arg-type]
    alone = embedder.encode(["住院", "投诉"])
    assert np.allclose(together[1], alone[0], atol=1e-6)
    assert np.isclose(together[0] @ alone[0], together[0] @ alone[1])


def test_size_and_times_are_told(real_service: Any, tmp_path: Path) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in ("住院咋报", "玻璃碎了")), encoding="utf-8"
    )
    result = measure_scale(50, queries)
    assert (result["entries"], result["texts"], result["queries"]) == (50, 200, 2)
    assert 0 < result["ms_encoding"] < result["ms_median"] <= result["ms_p95"]
