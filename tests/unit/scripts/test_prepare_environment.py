from __future__ import annotations

import importlib.util
import io
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def script():
    """The script as a module."""
    path = ROOT / "scripts" / "prepare_environment.py"
    spec = importlib.util.spec_from_file_location("prepare_environment", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path, script) -> Path:
    """A copy of the files that decide what is installed."""
    names = {name for names in script.REQUIREMENTS.values() for name in names}
    for name in names | set(script.PACKAGE_FILES):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("kind", ["run", "dev", "gpu"])
def test_a_stamp_of_the_same_requirements_means_nothing_to_do(script, checkout, kind) -> None:
    """The second ``make run`` starts at once."""
    environment = checkout / ".venv"
    environment.mkdir()
    assert not script.is_ready(environment, kind, checkout)
    (environment / f".installed-{kind}").write_text(script.digest(kind, checkout))
    assert script.is_ready(environment, kind, checkout)


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_change_of_the_lock_installs_again(script, checkout, name) -> None:
    """Also a change of what the package itself says."""
    environment = checkout / ".venv"
    environment.mkdir()
    (environment / ".installed-run").write_text(script.digest("run", checkout))
    with (checkout / name).open("a") as file:
        file.write("# changed\n")
    assert not script.is_ready(environment, "run", checkout)


def test_another_python_makes_another_environment(script, checkout, monkeypatch) -> None:
    """After an upgrade of the system nothing old is used."""
    environment = checkout / ".venv"
    environment.mkdir()
    (environment / ".created-by").write_text(script.sys.version)
    assert script.is_created(environment)
    monkeypatch.setattr(script.sys, "version", "3.12.99 (another)")
    assert not script.is_created(environment)


def test_a_half_made_environment_is_made_again(script, tmp_path) -> None:
    """Whoever interrupts the first ``make run`` can simply start it again."""
    (tmp_path / "bin").mkdir()
    assert not script.is_created(tmp_path)


def test_a_wrong_pip_is_not_installed(script, tmp_path, monkeypatch) -> None:
    """What is fetched for a Python without pip is checked before it is run."""
    answer = io.BytesIO(b"something else")
    monkeypatch.setattr(script.urllib.request, "urlopen", lambda *_a, **_k: answer)
    monkeypatch.setattr(script.subprocess, "run", lambda *_a, **_k: pytest.fail("it was run"))
    with pytest.raises(SystemExit, match="Nothing was installed"):
        script.bootstrap_pip(tmp_path)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_no_index_is_named(name) -> None:
    """The same versions everywhere, also behind a mirror."""
    lines = (ROOT / name).read_text().splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(pins) > 10
    assert [line for line in pins if "==" not in line] == []
    assert "://" not in "\n".join(lines)
