"""`lipei staff …`: accounts of people who handle claims."""

import typer

from claims.database import unit_of_work
from claims.errors import ClaimsError
from claims.staff import issue_token
from lipei.console import fail

app = typer.Typer(help="Staff accounts.", no_args_is_help=True)


@app.command()
def token(name: str = typer.Argument(help="Login of the account, such as agent01.")) -> None:
    """Print a new bearer token for a staff account; it is shown only once."""
    try:
        with unit_of_work() as work:
            issued = issue_token(work.session, name)
            work.commit()
    except ClaimsError:
        fail(f"there is no staff account {name}. The demo accounts come with: lipei seed --demo")
    typer.echo(issued)


@app.command("list")
def listing() -> None:
    """Every account with its name and role."""
    from sqlalchemy import select

    from claims.models import StaffAccount

    with unit_of_work() as work:
        for account in work.session.scalars(select(StaffAccount).order_by(StaffAccount.login)):
            typer.echo(f"{account.login}\t{account.name}\t{account.role}")
