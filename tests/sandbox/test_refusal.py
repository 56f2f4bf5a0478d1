from __future__ import annotations

from pathlib import Path

import pytest

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import opening, refusal


@pytest.mark.parametrize(
    ("switch", "value", "advice"),
    [
        ("_APPARMOR", "1\n", "kernel.apparmor_restrict_unprivileged_userns=0"),
        ("_DEBIAN_SWITCH", "0\n", "kernel.unprivileged_userns_clone=1"),
        ("_MAXIMUM", "0\n", "user.max_user_namespaces=15000"),
    ],
)
def test_the_switch_that_forbids_namespaces_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, switch: str, value: str, advice: str
) -> None:
    for name in ("_APPARMOR", "_DEBIAN_SWITCH", "_MAXIMUM"):
        monkeypatch.setattr(refusal, name, tmp_path / "missing")
    (tmp_path / "switch").write_text(value)
    monkeypatch.setattr(refusal, switch, tmp_path / "switch")
    said = str(refusal.explain(Path("/opt/bwrap"), "warning\nbwrap: setting up uid map: Permission denied"))
    assert advice in said
    assert "setting up uid map: Permission denied" in said
    assert "\n" not in said and "warning" not in said


def test_a_container_is_told_how_to_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("_APPARMOR", "_DEBIAN_SWITCH", "_MAXIMUM"):
        monkeypatch.setattr(refusal, name, tmp_path / "missing")
    monkeypatch.setattr(refusal, "_IN_CONTAINER", (tmp_path,))
    assert "--security-opt" in str(refusal.explain(Path("/opt/bwrap"), ""))


def test_a_ledger_where_programs_can_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    opening._require_own_folders_hidden((tmp_path / "elsewhere",))
    with pytest.raises(SandboxUnavailable, match="MACROHARD_HOME"):
        opening._require_own_folders_hidden((tmp_path,))


def test_another_system_than_linux_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(SandboxUnavailable, match="needs Linux"):
        opening.open_sandbox()
