"""`lipei staff …`: accounts of people who handle claims."""

import secrets

import typer

from claims import accounts, logins
from claims.database import unit_of_work
from claims.errors import BadInput, ClaimsError
from claims.staff import issue_token, set_email
from claims.vocabulary import Role
from lipei.console import fail

app = typer.Typer(help="Staff accounts.", no_args_is_help=True)
OPERATOR = "operator"
"""How whoever runs this command is named in the audit trail."""
NAME = typer.Argument(help="Login of the account, such as agent01.")


@app.command()
def token(name: str = NAME) -> None:
    """Print a new bearer token for a staff account; it is shown only once."""
    try:
        with unit_of_work() as work:
            issued = issue_token(work.session, name)
            work.commit()
    except ClaimsError:
        fail(f"there is no staff account {name}. The demo accounts come with: lipei seed --demo")
    typer.echo(issued)


@app.command()
def password(
    name: str = NAME,
    made_up: bool = typer.Option(False, "--made-up", help="Make one up and print it instead of asking for it."),
) -> None:
    """Give a staff account a password for the desk; whoever is signed in with it is signed out."""
    with unit_of_work() as work:
        try:
            account = logins.find(work.session, name)
            chosen = secrets.token_urlsafe(12) if made_up else _asked()
            logins.set_password(work.session, account, chosen, OPERATOR)
        except ClaimsError as error:
            fail(str(error))
        work.commit()
    typer.echo(chosen if made_up else f"{name} signs in with the new password from now on.")


@app.command()
def add(
    name: str = typer.Argument(help="Login: small letters and digits."),
    person: str = typer.Option(..., "--person", help="What colleagues and customers read, such as 王敏."),
    role: Role = typer.Option(..., "--role"),
) -> None:
    """Open a staff account. It signs in once it has a password: lipei staff password NAME."""
    with unit_of_work() as work:
        try:
            accounts.add(work.session, name, person, role, OPERATOR)
        except BadInput as error:
            fail(str(error))
        work.commit()
    typer.echo(f"{name} is there. A password: lipei staff password {name}")


@app.command()
def disable(name: str = NAME) -> None:
    """Switch an account off: its sessions and tokens end at once."""
    _switch(name, active=False)


@app.command()
def enable(name: str = NAME) -> None:
    """Switch an account on again."""
    _switch(name, active=True)


@app.command()
def email(
    name: str = typer.Argument(help="Login of the account, such as supervisor01."),
    address: str = typer.Argument("", help="Where alerts are mailed to; without it, nowhere."),
) -> None:
    """Set where the alerts of service-level clocks are mailed to; they go to active supervisors."""
    if address and "@" not in address:
        fail("that is not an e-mail address")
    try:
        with unit_of_work() as work:
            set_email(work.session, name, address or None, "operator")
            work.commit()
    except ClaimsError:
        fail(f"there is no staff account {name}")


@app.command("list")
def listing() -> None:
    """Every account with its name, role, and whether it is on and has a password."""
    with unit_of_work() as work:
        for account in accounts.listing(work.session):
            state = "on" if account.active else "off"
            secret = "password" if account.password_hash else "no password"
            typer.echo(f"{account.login}\t{account.name}\t{account.role}\t{state}\t{secret}")


def _switch(name: str, *, active: bool) -> None:
    with unit_of_work() as work:
        try:
            accounts.switch(work.session, name, active=active, actor=OPERATOR)
        except ClaimsError as error:
            fail(str(error))
        work.commit()
    typer.echo(f"{name} is {'on' if active else 'off'}.")


def _asked() -> str:
    return str(typer.prompt("New password", hide_input=True, confirmation_prompt=True))
