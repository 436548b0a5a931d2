from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kntc.ops.errors import OpsProblem
from kntc.ops.secrets import secret, secret_key


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KNTC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KNTC_SECRET_KEY", raising=False)
    return tmp_path / "home"


def test_it_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    first = secret_key()
    assert len(first) >= 43
    assert secret_key() == first
    assert (home / "secrets" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (home / "secrets").stat().st_mode & 0o777 == 0o700


def test_commands_that_start_at_once_agree(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(secret, ["vault"] * 64))) == 1
    assert [path.name for path in (home / "secrets").iterdir()] == ["vault"]


def test_the_environment_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNTC_SECRET_KEY", "from the safe")
    assert secret_key() == "from the safe"
    assert not home.exists()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KNTC_HOME", str(tmp_path / "file"))
    with pytest.raises(OpsProblem, match="KNTC_HOME"):
        secret_key()
