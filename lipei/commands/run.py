"""`lipei demo`, `lipei up` and `lipei train`: from a clone to running processes."""

import asyncio
import os
import time
from pathlib import Path

from lipei import demo as demonstration
from lipei.commands import database
from lipei.console import console, fail
from lipei.preparation import PreparationFailed, prepare
from lipei.processes import busy_ports, environment, load_processes
from lipei.settings import Settings, get_settings
from lipei.supervisor import NotReady, Supervisor
from lipei.training import TrainingFailed

DEMO_PEOPLE = """
  Demo people (one-time codes appear on their phones, in this window and under /api/staff/outbox)
    张伟 13800138001   auto PA202600000001 京A12345, health PH202600000001
    李娜 13800138002   accident PI202600000002, property PP202600000002, one claim awaiting materials
    陳志明 13800138003  auto PA202600000003 粤AD12345 (12 days left), one claim with an offer; writes Traditional
    赵强 13800138004   auto PA202500000004 川A88888 (expired)
    孙丽 13800138005   海淀好味餐饮有限公司: liability PL202600000005, property PP202600000005, one claim just closed:
                       her phone rings within a minute, for the satisfaction callback
  Staff: agent01 王敏, handler01 刘洋, surveyor01 周涛, supervisor01 吴静, admin01
    at the desk with the password {password} (until it is changed there)
    a token for the staff API: .venv/bin/lipei staff token handler01
"""


def demo() -> None:
    """Database, demo data and model, then all processes; Ctrl-C stops them."""
    os.environ["LIPEI_DEMO"] = "1"
    get_settings.cache_clear()
    _start(get_settings(), with_demo=True, simulate=True)


def up() -> None:
    """Database and model, then all processes; Ctrl-C stops them."""
    _start(get_settings(), with_demo=get_settings().demo)


def train() -> None:
    """Train the model and build the knowledge base, unless they are there already; prints the model's path."""
    console().print(f"{_model(get_settings())}", soft_wrap=True)


def _start(settings: Settings, *, with_demo: bool, simulate: bool = False) -> None:
    started = time.monotonic()
    screen = console()
    processes = load_processes(settings)
    simulated = simulate and demonstration.make_up_account(settings)
    if simulated:
        get_settings.cache_clear()  # the simulated phones have settings of their own
        settings = get_settings()
        processes.append(demonstration.phone(settings))
    taken = busy_ports(processes)
    if taken:
        names = ", ".join(f"{each.port} ({each.name})" for each in taken)
        fail(
            f"{'port' if len(taken) == 1 else 'ports'} {names} {'is' if len(taken) == 1 else 'are'} in use by another "
            "program. Stop that program, or choose another port: "
            "LIPEI_GATEWAY_PORT, LIPEI_DESK_PORT, LIPEI_ACTIONS_PORT, LIPEI_PHONE_PORT, LIPEI_ENGINE_URL."
        )
    screen.print("[1/3] database")
    database.prepare()
    if with_demo:
        database.plant_demo()
    # Only the demonstration makes up a password: an installation for real people gives each their own.
    password = demonstration.staff_password(settings) if with_demo else ""
    screen.print("[2/3] model and knowledge base")
    model = _model(settings)
    screen.print(f"[3/3] starting {', '.join(each.name for each in processes)}")
    logs = settings.var_dir / "log"
    supervisor = Supervisor(processes, environment(settings, model), settings.root, logs, screen.print)

    def ready() -> None:
        screen.print(f"\nReady after {time.monotonic() - started:.0f} s. Ctrl-C stops everything.\n")
        screen.print(f"  Web chat  http://localhost:{settings.gateway_port}")
        if simulated:
            screen.print(f"  Phones    http://localhost:{settings.phone_port} (text messages of the demo people)")
        screen.print(f"  Desk      http://localhost:{settings.desk_port}")
        screen.print(f"  Staff API http://localhost:{settings.desk_port}/api/staff/docs")
        screen.print("  Terminal  .venv/bin/lipei chat")
        screen.print(f"  Logs      {logs}", soft_wrap=True)
        if with_demo:
            screen.print(DEMO_PEOPLE.format(password=password), markup=False, soft_wrap=True)

    try:
        asyncio.run(supervisor.run(ready))
    except NotReady as error:
        fail(str(error))


def _model(settings: Settings) -> Path:
    try:
        return prepare(settings, lambda text: console().print(f"      {text}"))
    except (TrainingFailed, PreparationFailed) as error:
        fail(str(error))
