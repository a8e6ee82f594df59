"""`lipei outreach campaign …`: advice to customers whom it concerns, drafted by one person and approved by another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import campaigns, clock, staff
from claims.database import unit_of_work
from claims.errors import ClaimsError, NotFound
from claims.models import Campaign, StaffAccount
from claims.staff import Right

app = typer.Typer(help="Advice to the customers whom it concerns.", no_args_is_help=True)
Login = Annotated[str, typer.Option("--as", help="Login of the staff account that does it, such as supervisor01.")]
CampaignId = Annotated[str, typer.Argument(help="Id of a campaign, or the beginning of it.")]


@app.command("templates")
def list_templates() -> None:
    """What can be sent, to whom, and which values it needs."""
    table = Table("template", "name", "lines", "needs")
    for key, each in campaigns.templates().items():
        needs = ", ".join(f"{name} ({what})" for name, what in each.needs.items())
        table.add_row(key, each.name, ", ".join(each.lines), needs)
    Console(highlight=False).print(table)


@app.command()
def draft(
    template: str,
    login: Login,
    city: Annotated[list[str] | None, typer.Option(help="Only customers of this city; may be given again.")] = None,
    value: Annotated[list[str] | None, typer.Option(help="A value of the text: storm=山竹; may be repeated.")] = None,
    most: Annotated[int | None, typer.Option(help="At most so many customers.")] = None,
) -> None:
    """Prepare a campaign and show what approving it would do. Nobody hears of it yet."""
    details = dict(each.partition("=")[::2] for each in value or [])
    with _as(login, Right.DRAFT_CAMPAIGNS) as session:
        made = campaigns.draft(session, template, cities=city or [], details=details, actor=login, most=most)
        _show(session, made)


@app.command()
def preview(campaign_id: CampaignId) -> None:
    """Whom it concerns, and what they would read."""
    with unit_of_work(read_only=True) as unit, _plainly():
        _show(unit.session, campaigns.get(unit.session, campaign_id))


@app.command()
def approve(campaign_id: CampaignId, login: Login) -> None:
    """Send it; the outreach process sees to the rest. Not by its author."""
    with _as(login, Right.APPROVE_CAMPAIGNS) as session:
        found = campaigns.get(session, campaign_id)
        campaigns.approve(session, found, login)
        typer.echo(f"{found.id[:8]} is approved and will be sent")


@app.command()
def stop(campaign_id: CampaignId, login: Login) -> None:
    """Whoever was not reached yet is not."""
    with _as(login, Right.APPROVE_CAMPAIGNS) as session:
        found = campaigns.get(session, campaign_id)
        campaigns.stop(session, found, login)
        typer.echo(f"{found.id[:8]} is stopped")


@app.command("list")
def listing() -> None:
    """All campaigns, newest first."""
    table = Table("id", "template", "cities", "state", "by", "approved by", "until")
    with unit_of_work(read_only=True) as unit:
        for each in campaigns.listing(unit.session):
            until = f"{clock.local(each.ends_at):%m-%d %H:%M}"
            cities = "、".join(each.cities) or "全国"
            table.add_row(
                each.id[:8], each.template, cities, str(each.state), each.created_by, each.approved_by or "", until
            )
    Console(highlight=False).print(table)


@contextmanager
def _as(login: str, right: Right) -> Iterator[Session]:
    with _plainly(), unit_of_work() as unit:
        found = select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active)
        account = unit.session.scalar(found)
        if account is None:
            raise NotFound(f"there is no active staff account {login}")
        staff.require(account, right)
        yield unit.session
        unit.commit()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except ClaimsError as error:
        typer.echo(f"lipei: {error}", err=True)
        raise typer.Exit(1) from error


def _show(session: Session, campaign: Campaign) -> None:
    seen = campaigns.preview(session, campaign)
    typer.echo(f"{campaign.id[:8]} · {campaign.state} · {campaigns.templates()[campaign.template].name}")
    typer.echo(f"  concerned {seen.concerned}, opted out {seen.opted_out}, would be written to {seen.reached}")
    typer.echo(f"  by city {seen.by_city}, by line {seen.by_line}")
    typer.echo(f"  chat: {seen.chat}")
    typer.echo(f"  sms ({seen.sms_segments} parts): {seen.sms}")
