"""The report through the staff API."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import AuditEntry, Claim

PATH = "/reports/monthly/2026-11"


def test_figures_and_the_rows_behind_them(ask, session: Session) -> None:
    report = ask("supervisor01", "GET", PATH).json()
    figures = {each["key"]: each for each in report["figures"]}
    assert not report["empty"]
    assert figures["ended_closed"]["count"] == 1
    closed = session.scalar(select(Claim.id).where(Claim.registration_key == "demo:liability"))
    session.rollback()  # the desk waits for whoever has the database
    rows = ask("supervisor01", "GET", f"{PATH}/rows", params={"figure": "ended_closed"}).json()
    assert rows["rows"] == [{"role": "rows", "table": "claims", "count": 1, "ids": [closed]}]
    share = ask("supervisor01", "GET", f"{PATH}/rows", params={"figure": "repeat"}).json()
    assert [each["role"] for each in share["rows"]] == ["part", "whole"]
    assert ask("supervisor01", "GET", f"{PATH}/rows", params={"figure": "nothing"}).status_code == 404


def test_the_page_and_the_workbook(ask) -> None:
    page = ask("admin01", "GET", f"{PATH}/report.html")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src" not in page.headers["content-security-policy"]
    assert "理赔服务月报" in page.text
    book = ask("admin01", "GET", f"{PATH}/report.xlsx")
    assert book.content.startswith(b"PK")
    assert "lipei-2026-11.xlsx" in book.headers["content-disposition"]


def test_who_may_read_it(ask, session: Session) -> None:
    for login in ("agent01", "handler01", "surveyor01"):
        assert ask(login, "GET", PATH).status_code == 403
    assert ask("supervisor01", "GET", "/reports/monthly/2026-13").status_code == 422
    assert ask("supervisor01", "GET", PATH).status_code == 200
    read = session.scalars(select(AuditEntry).where(AuditEntry.action == "report_read")).all()
    assert [(each.actor, each.subject) for each in read] == [("supervisor01", "report:2026-11")]
