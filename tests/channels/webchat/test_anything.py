"""Whatever is thrown at the API: no 5xx, and no silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.serving.rate_limit import RateLimit
from tests.channels.support import Customer, Server

ANY_TEXT = st.text(st.characters(), max_size=200)
SPECIAL = st.sampled_from(
    ["/restart", '/affirm{"x": 1}', "\x00", "\ud800", "‮京A12345", "长" * 2001, "{{7*7}}", "'; DROP TABLE messages;--"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | SPECIAL
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4), max_leaves=12
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "text": ANY_JSON,
        "payload": ANY_JSON,
        "attachment_id": ANY_JSON,
        "client_id": ANY_JSON,
        "more": ANY_JSON,
    },
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests ask more often than any person may."""
    monkeypatch.setattr(RateLimit, "wait", lambda self, key: 0)


def _post(customer: Customer, body: Any) -> Any:
    raw = json.dumps(body, ensure_ascii=True).encode()
    return customer.http.post("/api/chat/messages", content=raw, headers={"Content-Type": "application/json"})


@FEW
@given(body=FIELDS | ANY_JSON)
def test_any_json(anyone: Customer, unlimited: None, body: Any) -> None:
    response = _post(anyone, body)
    assert response.status_code < 500
    answer = response.json()
    assert answer["messages"] if response.status_code == 200 else answer["detail"]


@FEW
@given(text=ANY_TEXT | SPECIAL)
def test_any_text_is_answered_or_refused_with_a_sentence(anyone: Customer, unlimited: None, text: str) -> None:
    response = _post(anyone, {"text": text})
    assert response.status_code in {200, 422}
    if response.status_code == 200:
        assert response.json()["messages"][0]["text"] == "收到：" + response.json()["received"]["text"]
    else:
        assert response.json()["code"] in {"empty", "text_too_long"}


@FEW
@given(
    raw=st.binary(max_size=300), kind=st.sampled_from(["application/json", "text/plain", "multipart/form-data", "a/b"])
)
def test_any_bytes(anyone: Customer, unlimited: None, raw: bytes, kind: str) -> None:
    for path in ("/api/chat/messages", "/api/chat/attachments", "/api/chat/sessions"):
        response = anyone.http.post(path, content=raw, headers={"Content-Type": kind})
        assert response.status_code < 500
        assert response.json()


@FEW
@given(data=st.binary(max_size=400), name=st.text(st.characters(blacklist_categories=["Cs"]), max_size=80))
def test_any_file(anyone: Customer, unlimited: None, data: bytes, name: str) -> None:
    response = anyone.upload(data, name or "x")
    assert response.status_code in {200, 400, 422}


@FEW
@given(path=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="/?#"), max_size=60))
def test_any_path_and_query(anyone: Customer, common_gateway: Server, path: str) -> None:
    for url in ("/api/chat/attachments/", "/static/", "/api/"):
        assert anyone.http.get(f"{common_gateway.url}{url}", params={"x": path}).status_code < 500
    for params in ({"after": path}, {"token": path}):
        assert anyone.http.get("/api/chat/messages", params=params).status_code in {200, 422}
