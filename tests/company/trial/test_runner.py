"""Trials in the real sandbox: what well-behaved programs do is seen, and hostile ones harm only themselves."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from macrohard.company.trial import Job, Seen, run_jobs, runner
from macrohard.sandbox import open_sandbox
from macrohard.truth import PROGRAM, PYTHON, Check, Expectation, Source, Step

START = (PYTHON, "-m", "tool")
KINDNESS = "import sys\nprint('good', *sys.argv[1:])\n"


def check(*argv: str, stdin: str = "", files: dict[str, str] | None = None, reads: Sequence[str] = ()) -> Check:
    """A check of one step; `reads` are files to look at afterwards."""
    expect = Expectation(exit_status=None, files=dict.fromkeys(reads, ""))
    step = Step(argv=argv or (PROGRAM,), stdin=stdin, expect=expect)
    return Check(id="c", statement="", source=Source.HOST, files=files or {}, steps=(step,))


def tried(*programs: str, checks: Sequence[Check] = (check(),)) -> list[list[Seen]]:
    """What each program did on each check, program after program."""
    sources = [{"tool/__init__.py": "", "tool/__main__.py": text} for text in programs]
    jobs = [Job(index, item) for index in range(len(programs)) for item in checks]
    return run_jobs(sources, START, jobs, open_sandbox())


def test_what_is_seen() -> None:
    program = (
        "import os, sys\nprint(sys.argv[1:], sys.stdin.read(), os.listdir())\nprint('oops', file=sys.stderr)\n"
        "open('new.txt', 'w').write('made')\nsys.exit(7)\n"
    )
    asked = check(PROGRAM, "a", "b c", stdin="in", files={"old.txt": "x"}, reads=["new.txt", "missing.txt"])
    (((seen,),)) = tried(program, checks=[asked])
    assert seen == {
        "exit_status": 7, "ending": "exit", "stdout": "['a', 'b c'] in ['old.txt']\n", "stderr": "oops\n",
        "files": {"new.txt": "made", "missing.txt": None}, "changed": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("pass", []),
        ("open('a/old.txt', 'w').write('x')", []),
        ("open('a/old.txt', 'w').write('y')", ["a/old.txt"]),
        ("os.remove('a/old.txt')", ["a/old.txt"]),
        ("os.rename('a', 'b')", ["a/old.txt", "b/old.txt"]),
        ("os.symlink('a', 'b')", ["b"]),
        ("os.mkfifo('b')", ["b"]),
        ("os.mkdir('b')", []),
    ],
)
def test_what_a_step_changed_is_told_where_it_may_change_nothing(body: str, changed: list[str]) -> None:
    step = Step(argv=(PROGRAM,), expect=Expectation(unchanged=True))
    first = Step(argv=(PYTHON, "-c", "open('made', 'w')"), expect=Expectation())
    asked = check(files={"a/old.txt": "x"}).model_copy(update={"steps": (first, step)})
    ((before, seen),) = tried(f"import os\n{body}", checks=[asked])
    assert (before["changed"], seen["changed"]) == ([], changed)


def test_steps_share_a_folder_and_jobs_do_not() -> None:
    program = "import os\nprint(os.path.exists('x'))\nopen('x', 'w')\n"
    twice = check()
    twice = twice.model_copy(update={"steps": twice.steps * 2})
    assert [[step["stdout"] for step in job] for job in tried(program, checks=[twice, check()])] == [
        ["False\n", "True\n"], ["False\n"],
    ]  # fmt: skip


def test_code_is_run_as_python_would() -> None:
    code = "import tool.part\nprint(tool.part.VALUE, __name__)\n"
    sources = [{"tool/__init__.py": "", "tool/part.py": "VALUE = 3"}]
    (((seen,),)) = run_jobs(sources, (), [Job(0, check(PYTHON, "-c", code))], open_sandbox())
    assert seen["stdout"] == "3 __main__\n"


@pytest.mark.parametrize(
    ("ending", "status"), [("sys.exit()", 0), ("sys.exit('bad')", 1), ("sys.exit(300)", 44), ("1/0", 1)]
)
def test_exit_statuses(ending: str, status: int) -> None:
    (((seen,),)) = tried(f"import sys\n{ending}")
    assert (seen["ending"], seen["exit_status"]) == ("exit", status)


HOSTILE = {
    "kills its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n",
    "terminates its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)\n",
    "kills everything": "import os, signal\nos.kill(-1, signal.SIGKILL)\n",
    "breaks the folders": "import os, shutil\nshutil.rmtree('/tmp/jobs', True)\nopen('/tmp/jobs', 'w')\n",
    "locks the folders": "import os\nos.chmod('/tmp/jobs', 0)\n",
    "floods": "import sys\nwhile True: sys.stdout.write('x' * 65536)\n",
    "fills the disk": "while True: open('x', 'a').write('x' * 1000000)\n",
    "takes all memory": "x = []\nwhile True: x.append(bytearray(50_000_000))\n",
    "forks": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n",
    "leaves without a word": "import os\nprint('x')\nos._exit(0)\n",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
}


@pytest.mark.parametrize("program", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_program_harms_only_itself(program: str) -> None:
    results = tried(program, KINDNESS, checks=[check(PROGRAM, "1"), check(PROGRAM, "2")])
    assert [job[0]["stdout"] for job in results[2:]] == ["good 1\n", "good 2\n"]
    assert all(job[0]["exit_status"] in (None, 0, 1) for job in results[:2])


FORGED = "{'exit_status': 0, 'ending': 'exit', 'stdout': 'forged', 'stderr': '', 'files': {}, 'changed': []}"
FORGER = """
import glob, json, os
for path in glob.glob(f'/proc/{os.getppid()}/fd/*'):
    try: open(path, 'w').write(%s + '\\n')
    except OSError: pass
"""


@pytest.mark.parametrize(
    "lines", [f"json.dumps([{FORGED}]) + '\\n'", "'5\\n[]\\n[1]'", "'[' * 100000", "'[{}]'", "'\\xff\\n' * 100"]
)
def test_forged_results_are_no_fault_of_ours(lines: str) -> None:
    """The driver is no judge: what it says only helps to choose, and must have the right shape."""
    results = tried(FORGER % lines, KINDNESS, checks=[check(), check()])
    assert len(results) == 4
    for steps in results:
        assert all(isinstance(step["stdout"], str) and isinstance(step["files"], dict) for step in steps)


def test_hanging_costs_two_steps_only() -> None:
    started = time.monotonic()
    results = tried("import time\ntime.sleep(1000)", KINDNESS, checks=[check(PROGRAM, str(n)) for n in range(6)])
    assert [job[0]["ending"] for job in results] == ["wall"] * 2 + ["skipped"] * 4 + ["exit"] * 6
    assert time.monotonic() - started < 20


def test_stopping_the_driver_ends_at_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped driver cannot stop anything; the wall around it does, here sooner than in the product."""
    monkeypatch.setattr(runner, "_LIMITS", replace(runner._LIMITS, wall_seconds=3))
    program = "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\n"
    (((seen,),)) = tried(program)
    assert (seen["ending"], seen["exit_status"]) == ("wall", None)


def test_what_several_jobs_begin_with_is_run_once_and_leaves_the_same_behind() -> None:
    program = (
        "import os, sys\nopen('/tmp/starts', 'a').write('x')\nopen('kept.txt', 'a').write(sys.argv[1])\n"
        "print(open('kept.txt').read(), len(open('/tmp/starts').read()))\n"
    )

    def session(*words: str) -> Check:
        free = Expectation(exit_status=None)
        steps = tuple(Step(argv=(PROGRAM, word), expect=free) for word in words)
        return Check(id="-".join(words), statement="", source=Source.HOST, steps=steps)

    found = tried(program, checks=[session("a", "b", "c"), session("a", "b", "d"), session("a", "e"), session("e")])
    assert [[step["stdout"].split() for step in job] for job in found] == [
        [["a", "1"], ["ab", "2"], ["abc", "3"]],
        [["a", "1"], ["ab", "2"], ["abd", "4"]],
        [["a", "1"], ["ae", "5"]],
        [["e", "6"]],
    ]


@pytest.mark.parametrize(
    "mess",
    ["os.mkfifo('pipe')", "os.symlink('/nowhere', 'link')", "os.mkdir('d'); os.chmod('d', 0)", "os.rmdir(os.getcwd())"],
)
def test_a_folder_that_cannot_be_copied_is_only_not_shared(mess: str) -> None:
    program = f"import os, sys\nif sys.argv[1] == 'a':\n    {mess}\nprint(sys.argv[1])\n"
    free = Expectation(exit_status=None)
    checks = [
        Check(
            id=word, statement="", source=Source.HOST,
            steps=(Step(argv=(PROGRAM, "a"), expect=free), Step(argv=(PROGRAM, word), expect=free)),
        )
        for word in ("b", "c")
    ]  # fmt: skip
    found = tried(program, KINDNESS, checks=checks)
    assert [job[0]["stdout"] for job in found[:2]] in (["a\n", "a\n"], ["", ""])
    assert [job[-1]["stdout"] for job in found[2:]] == ["good b\n", "good c\n"]
