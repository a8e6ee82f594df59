"""`lipei db …` and `lipei seed`: the claims database."""

import datetime as dt

import typer
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from claims.clock import SHANGHAI
from claims.clock import now as clock_now
from claims.database import make_engine, unit_of_work
from claims.database import upgrade as upgrade_database
from claims.insight import Month
from claims.seed import seed_demo
from claims.seed.months import seed_months
from lipei.console import console, fail
from lipei.settings import get_settings

app = typer.Typer(help="The claims database.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Create the tables, or bring them to this version."""
    prepare()
    console().print("The database is up to date.")


@app.command()
def check() -> None:
    """Say which database is used and whether it answers."""
    url = get_settings().database_url
    try:
        with make_engine(url).connect() as connection:
            version = connection.execute(text("select version_num from alembic_version")).scalar()
    except SQLAlchemyError as error:
        fail(f"{shown(url)} does not answer or has no tables yet ({type(error).__name__}). Try: lipei db upgrade")
    console().print(f"{shown(url)} answers; its tables are at version {version}.")


def seed(
    demo: bool = typer.Option(False, "--demo", help="The demo customers, policies, claims and staff."),
    history: bool = typer.Option(False, "--history", help="Two made-up months, for the report."),
) -> None:
    """Put data into the database; safe to run again."""
    if not demo and not history:
        fail("nothing to seed. The demo data: lipei seed --demo; months for the report: lipei seed --history")
    prepare()
    if demo:
        plant_demo()
        console().print("The demo data is in the database.")
    if history:
        months = Month.last_full()
        with unit_of_work() as work:
            made = seed_months(work.session, months.previous.first, months.last)
            work.commit()
        console().print(f"{made} made-up claims are in the database. Their report: lipei report monthly")


def prepare() -> None:
    """Bring the database's tables to this version, or end with one sentence."""
    settings = get_settings()
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    try:
        upgrade_database()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        fail(f"the database {shown(settings.database_url)} could not be prepared: {reason}")


def plant_demo(today: dt.date | None = None) -> None:
    """The demo data, relative to `today` in Shanghai."""
    with unit_of_work() as work:
        seed_demo(work.session, today or clock_now().astimezone(SHANGHAI).date())
        work.commit()


def shown(url: str) -> str:
    """A database address without its password."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
