import socket
from pathlib import Path

import pytest

from lipei.processes import Process, busy_ports, environment, load_processes
from lipei.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path, engine_url="http://127.0.0.1:5999", actions_port=5998)


def test_the_procfile_names_the_five_processes_in_order(settings: Settings) -> None:
    assert [each.name for each in load_processes(settings)] == ["engine", "actions", "gateway", "desk", "outreach"]


def test_a_process_that_serves_nothing_needs_no_port(settings: Settings) -> None:
    outreach = load_processes(settings)[-1]
    assert outreach.ready_url == ""
    assert busy_ports([outreach]) == []


def test_the_engine_listens_on_loopback_with_the_model_and_port_of_the_settings(settings: Settings) -> None:
    engine = load_processes(settings)[0]
    line = engine.command_line(environment(settings, Path("/models/one.tar.gz")))
    assert line[line.index("--interface") + 1] == "127.0.0.1"
    assert line[line.index("--port") + 1] == "5999"
    assert line[line.index("--model") + 1] == "/models/one.tar.gz"
    assert "--enable-api" not in line


def test_every_process_gets_the_settings_and_calls_nobody(settings: Settings) -> None:
    values = environment(settings)
    assert values["LIPEI_ENGINE_TOKEN"] == settings.engine_token
    assert values["LIPEI_ACTIONS_URL"] == "http://127.0.0.1:5998/webhook"
    assert values["LIPEI_DEMO"] == "0"
    assert "LIPEI_REDIS_URL" not in values
    assert (values["RASA_TELEMETRY_ENABLED"], values["HF_HUB_OFFLINE"]) == ("false", "1")


def test_what_is_compiled_is_kept_below_var_where_no_file_may_stand_in_the_source(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    values = environment(settings)
    assert "PYTHONDONTWRITEBYTECODE" not in values
    assert Path(values["PYTHONPYCACHEPREFIX"]) == settings.root / "var" / "bytecode"
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    assert "PYTHONPYCACHEPREFIX" not in environment(settings)


def test_a_busy_port_is_found(settings: Settings) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        held = Process("desk", (), "127.0.0.1", port, "")
        assert busy_ports([held]) == [held]
    assert busy_ports([held]) == []


def test_a_line_that_is_no_process_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Procfile").write_text("teapot: short and stout\n")
    with pytest.raises(ValueError, match="teapot"):
        load_processes(Settings(root=tmp_path, var_dir=tmp_path))
