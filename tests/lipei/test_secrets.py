from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lipei.secrets import read_or_create_secret


def test_those_who_start_together_get_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "one"
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: read_or_create_secret(path), range(64)))
    assert len(found) == 1
    assert [each.name for each in path.parent.iterdir()] == ["one"]


def test_an_existing_secret_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_text("kept\n")
    assert read_or_create_secret(path) == "kept"
