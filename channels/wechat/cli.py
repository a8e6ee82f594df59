"""`lipei wechat …`: what is set up once in the account."""

import asyncio
from pathlib import Path
from typing import Any

import typer
import yaml

from channels.base import SendFailed
from channels.wechat.client import Api
from channels.wechat.settings import WeChatSettings
from lipei.settings import get_settings

app = typer.Typer(help="The WeChat Official Account.", no_args_is_help=True)
MENU = Path(__file__).with_name("menu.yml")


@app.callback()
def _wechat() -> None:
    """Keeps `menu` a command of its own."""


@app.command()
def menu() -> None:
    """Set the account's menu to the one of channels/wechat/menu.yml. Customers see it within five minutes."""
    own, settings = WeChatSettings.read(), get_settings()
    if not own.on:
        typer.echo(f"WeChat is {own.state()}", err=True)
        raise typer.Exit(1)
    wanted = read_menu(settings.public_url)
    try:
        # The shared token: one fetched elsewhere would make the gateways' own invalid.
        asyncio.run(Api(own, settings.database_url).call(lambda client: client.menu.create(wanted)))
    except SendFailed as error:
        typer.echo(f"The menu was not set: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo("The menu is set.")


def read_menu(public_url: str) -> dict[str, Any]:
    """The body of WeChat's menu/create."""
    entries = yaml.safe_load(MENU.read_text(encoding="utf-8").replace("{public_url}", public_url))["button"]
    return {"button": entries}
