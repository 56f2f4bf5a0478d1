from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macrohard.errors import SandboxUnavailable
from macrohard.sandbox import Command, Completed, Limits, Sandbox, bubblewrap, open_sandbox, running, walls
from macrohard.sandbox.command import MEBIBYTE


def python(source: str, **more: object) -> Command:
    return Command(("python3", "-c", textwrap.dedent(source)), **more)  # type: ignore[arg-type]


def test_a_program_reads_writes_and_ends(sandbox: Sandbox) -> None:
    source = "import sys; print(sys.stdin.read().upper()); print('oops', file=sys.stderr); sys.exit(3)"
    completed = sandbox.run(python(source, stdin=b"hello"))
    assert (completed.exit_status, completed.ending) == (3, "exit")
    assert (completed.stdout, completed.stderr) == (b"HELLO\n", b"oops\n")
    assert 0 < completed.wall_seconds < 20


@settings(max_examples=20)
@given(content=st.binary(max_size=300_000))
def test_every_byte_passes_unchanged(content: bytes) -> None:
    completed = _SHARED.run(Command(("cat",), stdin=content))
    assert completed.stdout == content


_SHARED = open_sandbox()


@pytest.mark.parametrize("status", [0, 1, 126, 127, 128, 129, 130, 137, 139, 255])
def test_an_exit_status_is_never_taken_for_a_signal(sandbox: Sandbox, status: int) -> None:
    completed = sandbox.run(python(f"import sys, time; time.sleep(0.02); sys.exit({status})"))
    assert (completed.exit_status, completed.ending) == (status, "exit")


def test_the_status_of_what_ends_at_once_is_kept_on_a_busy_machine(sandbox: Sandbox) -> None:
    """Init is held still before the program begins; one that is not scheduled in time would take the status for itself."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4 * (os.cpu_count() or 1))]
    try:
        endings = {
            (done.exit_status, done.ending)
            for _ in range(60)
            for done in [sandbox.run(Command(("sh", "-c", "exit 7")))]
        }
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert endings == {(7, "exit")}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGABRT])
def test_death_by_a_signal_is_told(sandbox: Sandbox, number: signal.Signals) -> None:
    completed = sandbox.run(python(f"import os; os.kill(os.getpid(), {int(number)})"))
    assert (completed.exit_status, completed.ending) == (None, "signal")


def test_an_unknown_program_ends_as_in_a_shell(sandbox: Sandbox) -> None:
    completed = sandbox.run(Command(("no-such-program",)))
    assert (completed.exit_status, completed.ending) == (127, "exit")
    assert b"no-such-program" in completed.stderr


@pytest.mark.parametrize("argv", [(), ("echo", "a\0b")])
def test_a_command_that_cannot_be_one_is_refused(sandbox: Sandbox, argv: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="program"):
        sandbox.run(Command(argv))


def test_arguments_are_not_read_by_a_shell(sandbox: Sandbox) -> None:
    arguments = ("$HOME", "`id`", "a b", "*", "'", '"', "\n", "-n", "é", "")
    source = "import sys; print(ascii(sys.argv[1:]))"
    completed = sandbox.run(Command(("python3", "-c", source, *arguments)))
    assert completed.stdout.decode().strip() == ascii(list(arguments))


def test_the_environment_is_only_what_was_given(sandbox: Sandbox) -> None:
    completed = sandbox.run(python("import os; print(*sorted(os.environ))", env={"COLOUR": "blue"}))
    names = set(completed.stdout.decode().split())
    assert names - {"LC_CTYPE"} == {"PATH", "HOME", "LANG", "TMPDIR", "PWD", "COLOUR"}


def test_the_standard_library_works_inside(sandbox: Sandbox) -> None:
    source = """
        import asyncio, ctypes, datetime, hashlib, json, multiprocessing, os, pathlib, pwd, random, sqlite3, ssl
        import subprocess, sys, tempfile, threading, zoneinfo
        assert subprocess.run(["python3", "-c", "print(1)"], capture_output=True).stdout == b"1\\n"
        assert subprocess.run("echo a | cat", shell=True, capture_output=True).stdout == b"a\\n"
        assert asyncio.run(asyncio.sleep(0, 5)) == 5
        with tempfile.TemporaryDirectory() as folder:
            sqlite3.connect(folder + "/x.db").execute("create table t (a)")
        with multiprocessing.Pool(2) as pool:
            assert pool.map(abs, [-1, 2]) == [1, 2]
        ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 3)()
        thread = threading.Thread(target=print); thread.start(); thread.join()
        assert pathlib.Path.home() == pathlib.Path(pwd.getpwuid(os.getuid()).pw_dir)
        pathlib.Path.home().joinpath("x").write_text("private")
        assert sys.prefix == sys.base_prefix
    """
    completed = sandbox.run(python(source))
    assert (completed.stderr, completed.exit_status) == (b"", 0)


def test_the_working_folder_survives_and_all_else_is_gone(sandbox: Sandbox, tmp_path: Path) -> None:
    keep = "import pathlib; [pathlib.Path(p, 'state').write_text('1') for p in ('/work', '/tmp', pathlib.Path.home())]"
    assert sandbox.run(python(keep, workdir=tmp_path)).exit_status == 0
    assert (tmp_path / "state").read_text() == "1"
    look = (
        "import os; print(*(os.path.exists(p) for p in ('/work/state', '/tmp/state', os.environ['HOME'] + '/state')))"
    )
    assert sandbox.run(python(look, workdir=tmp_path)).stdout == b"True False False\n"
    assert sandbox.run(python(look)).stdout == b"False False False\n"


def test_only_what_is_written_counts_in_a_working_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(bytes(3 * MEBIBYTE))
    limits = Limits(disk_bytes=2 * MEBIBYTE)
    grow = "open('/work/new', 'wb').write(bytes({}))"
    assert sandbox.run(python(grow.format(MEBIBYTE), workdir=tmp_path, limits=limits)).ending == "exit"
    assert sandbox.run(python(grow.format(4 * MEBIBYTE), workdir=tmp_path, limits=limits)).ending == "disk"


def test_a_mount_is_seen_and_cannot_be_written(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("given")
    source = "print(open('/given/data').read()); open('/given/data', 'w')"
    completed = sandbox.run(python(source, mounts={"/given": tmp_path, "/one": tmp_path / "data"}))
    assert completed.stdout == b"given\n" and b"Read-only file system" in completed.stderr
    assert (tmp_path / "data").read_text() == "given"


def test_use_is_measured(sandbox: Sandbox) -> None:
    source = """
        import time
        kept = bytearray(60_000_000)
        end = time.process_time() + 0.4
        while time.process_time() < end: pass
    """
    completed = sandbox.run(python(source))
    assert 60_000_000 < completed.peak_memory_bytes < 120_000_000
    assert 0.35 <= completed.cpu_seconds < 1.5


def test_many_at_once_do_not_mix(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        outputs = list(pool.map(lambda n: sandbox.run(Command(("echo", str(n)))).stdout, range(32)))
    assert outputs == [f"{number}\n".encode() for number in range(32)]


def test_nothing_is_left_open_in_the_host(sandbox: Sandbox, tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")
    sandbox.run(Command(("true",), workdir=tmp_path))
    sandbox.run(Command(("sleep", "9"), limits=Limits(wall_seconds=0.1)))
    with pytest.raises(ValueError):
        sandbox.run(Command(("true",), mounts={"/work": tmp_path}))
    assert os.listdir("/proc/self/fd") == before


def test_all_walls_are_in_force() -> None:
    found = walls()
    assert found.missing() is None
    assert found.seccomp_filters == 1 and found.no_new_privileges and found.capabilities == 0


@pytest.mark.parametrize("option", ["--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup"])
def test_nothing_runs_when_a_namespace_is_missing(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: str
) -> None:
    fewer = tuple(given for given in bubblewrap._WALLS if given not in (option, "--hostname", "sandbox"))
    monkeypatch.setattr(bubblewrap, "_WALLS", fewer)
    with pytest.raises(SandboxUnavailable, match=f"a {option.removeprefix('--unshare-')} namespace"):
        sandbox.run(Command(("touch", "/work/ran"), workdir=tmp_path))
    assert not (tmp_path / "ran").exists()


def fake_bwrap(folder: Path, script: str) -> Path:
    path = folder / "bwrap"
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)
    return path


NO_WALLS = """
for n in 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    { echo "{\\"child-pid\\": $$}" >/proc/$$/fd/$n; } 2>/dev/null
done
while [ "$1" != -- ]; do shift; done
shift
"$@"
"""


@pytest.mark.parametrize(
    "script",
    [
        "echo 'bwrap: No permissions to create a new namespace' >&2; exit 1",
        "exit 0",
        "echo; exit 0",
        # No walls at all, but every sign of life: the gate runs as a child of what claims to be init.
        NO_WALLS,
    ],
)
def test_a_bubblewrap_that_builds_no_walls_is_found_out(tmp_path: Path, script: str) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "bin").mkdir()
    weak = bubblewrap.BubblewrapSandbox(fake_bwrap(tmp_path / "bin", script))
    with pytest.raises(SandboxUnavailable):
        weak.run(Command(("touch", str(work / "ran")), workdir=work))
    time.sleep(0.1)
    assert not (work / "ran").exists()


def test_the_program_dies_with_a_host_that_is_killed(tmp_path: Path) -> None:
    marker = f"marker-{os.getpid()}"
    host = f"""
        from macrohard.sandbox import Command, open_sandbox
        sandbox = open_sandbox()
        print("ready", flush=True)
        sandbox.run(Command(("python3", "-c", "import time; time.sleep(60)", "{marker}")))
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(host)], stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    wait_until(lambda: carrying(marker, b"python3"))  # before, it is bubblewrap or the gate that carries it
    process.kill()
    process.wait()
    process.stdout.close()
    wait_until(lambda: not carrying(marker))


def test_init_is_bound_to_the_host_before_it_is_held_still(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held still earlier, it would survive a host that is killed, and the program with it."""
    seen = []
    finish = running.Running.finish

    def look(inside: running.Running, command: Command) -> Completed:
        seen.append("Seccomp:\t2" in Path(f"/proc/{inside.init.pid}/status").read_text())
        return finish(inside, command)

    monkeypatch.setattr(running.Running, "finish", look)
    for _ in range(30):
        sandbox.run(Command(("true",)))
    assert seen == [True] * 30


def carrying(marker: str, program: bytes | None = None) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if marker.encode() in arguments and program in (None, arguments[0]):
            found.append(entry.parent.name)
    return found


def wait_until(condition: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
