"""Runs inside the sandbox: forks once for every command line instead of starting Python anew, and runs what several jobs
of a program begin with once.

Reads JSON from standard input: {"programs": [{path: text}], "jobs": [{"program": index, "files": {path: text},
"steps": [{"argv": [...], "stdin": text, "unchanged": whether to tell which files it changed}], "read": [path]}],
"step_seconds": seconds}. Writes one JSON line a job: the list of what each step did. Standard library only. Nothing here is trusted by the host for more than choosing.
"""

import argparse
import base64
import calendar
import collections
import compileall
import csv
import datetime
import decimal
import fractions
import functools
import heapq
import itertools
import json
import math
import os
import random
import re
import runpy
import select
import shutil
import signal
import statistics
import string
import sys
import tempfile
import textwrap
import time
import traceback
import typing

# Imported here once, so that no child has to: what programs of this size use.
_WARM = (argparse, base64, calendar, collections, csv, datetime, decimal, fractions, functools, heapq, itertools, math,
         random, re, statistics, string, textwrap, typing)  # fmt: skip

Json = dict[str, typing.Any]
Begun = dict[str, tuple[str, list[Json]]]
"""The first steps of a job -> a copy of the folder as they left it, and what each did."""
OUTPUT_BYTES = 65536
SLOW_STEPS = 2
"""After so many steps of one program that had to be stopped, its other jobs are skipped."""


def main() -> None:
    order = json.loads(sys.stdin.buffer.read())
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    roots = [lay_out(f"/tmp/programs/{index}", files) for index, files in enumerate(order["programs"])]
    for root in roots:
        precompile(root, order["step_seconds"])
    slow: collections.Counter[int] = collections.Counter()
    begun, program = Begun(), None
    for number, job in enumerate(order["jobs"]):
        if job["program"] != program:
            begun, program = forget(begun), job["program"]
        if slow[job["program"]] >= SLOW_STEPS:
            seen = [stopped("skipped")]
        else:
            seen = run_job(number, job, roots[job["program"]], order["step_seconds"], begun)
            slow[job["program"]] += seen[-1]["ending"] == "wall"
        os.write(answers, json.dumps(seen).encode() + b"\n")


def lay_out(root: str, files: dict[str, str]) -> str:
    for path, text in files.items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text)
    return root


def precompile(root: str, seconds: float) -> None:
    """Compile a program once and not in every step; in a child, since a source may bring the compiler down."""
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            compileall.compile_dir(root, quiet=2)
        finally:
            os._exit(0)
    wait(child, seconds)


def run_job(number: int, job: Json, root: str, seconds: float, begun: Begun) -> list[Json]:
    folder, steps = f"/tmp/jobs/{number}", job["steps"]
    seen = begin(folder, job, begun)
    for index in range(len(seen), len(steps)):
        if index:
            remember(f"/tmp/begun/{number}-{index}", folder, beginning(job, index), seen, begun)
        seen.append((run_watched if steps[index]["unchanged"] else run_step)(steps[index], root, folder, seconds))
        if seen[-1]["ending"] != "exit":
            break
    seen[-1]["files"] = {path: read(os.path.join(folder, path)) for path in job["read"]}
    shutil.rmtree(folder, ignore_errors=True)
    return seen


def begin(folder: str, job: Json, begun: Begun) -> list[Json]:
    """The folder as it is after the most steps that another job has begun with, and what these did."""
    for count in range(len(job["steps"]) - 1, 0, -1):
        if beginning(job, count) in begun:
            kept, seen = begun[beginning(job, count)]
            shutil.copytree(kept, folder, symlinks=True)
            return [dict(step) for step in seen]
    os.makedirs(folder)
    lay_out(folder, job["files"])
    return []


def remember(kept: str, folder: str, steps: str, seen: list[Json], begun: Begun) -> None:
    """Copy the folder for other jobs; not one that a program left in a state that cannot be copied."""
    try:
        shutil.copytree(folder, kept, symlinks=True)
    except OSError:
        shutil.rmtree(kept, ignore_errors=True)
    else:
        begun[steps] = kept, [dict(step) for step in seen]


def beginning(job: Json, count: int) -> str:
    return json.dumps([job["files"], job["steps"][:count]])


def forget(begun: Begun) -> Begun:
    """Nothing is begun with by the jobs of another program."""
    shutil.rmtree("/tmp/begun", ignore_errors=True)
    return {}


def run_step(step: Json, root: str, folder: str, seconds: float) -> Json:
    streams = [unnamed_file() for _ in ("in", "out", "err")]
    os.write(streams[0], step["stdin"].encode("utf-8", "surrogateescape"))
    os.lseek(streams[0], 0, os.SEEK_SET)
    child = os.fork()
    if child == 0:
        become(step["argv"], root, folder, streams)
    ending, status = wait(child, seconds)
    output = [os.pread(stream, OUTPUT_BYTES, 0).decode("utf-8", "backslashreplace") for stream in streams[1:]]
    for stream in streams:
        os.close(stream)
    streamed = {"stdout": output[0], "stderr": output[1]}
    return {"exit_status": status, "ending": ending, **streamed, "files": {}, "changed": []}


def run_watched(step: Json, root: str, folder: str, seconds: float) -> Json:
    """The step, and what it changed, found as it is when evidence is made."""
    found = standalone()
    try:
        before = found["contents"](folder)
    except OSError:
        before = {}
    return {**run_step(step, root, folder, seconds), "changed": found["changes"](before, folder)}


@functools.cache
def standalone() -> Json:
    """What `macrohard.truth.standalone` defines, which lies beside this file where it runs."""
    return runpy.run_path(os.path.join(os.path.dirname(__file__), "standalone.py"))


def unnamed_file() -> int:
    handle, path = tempfile.mkstemp()
    os.unlink(path)
    return handle


def become(argv: list[str], root: str, folder: str, streams: list[int]) -> typing.NoReturn:
    """The child: behaves like `python3 ARGV` with the program on its path, then ends without returning."""
    status = 1
    try:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, 64)
        os.chdir(folder)
        sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        sys.path.insert(0, root)
        sys.dont_write_bytecode = True
        if argv[0] == "-m":
            sys.argv = argv[1:]
            runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = ["-c", *argv[2:]]
            exec(compile(argv[1], "<check>", "exec"), {"__name__": "__main__"})  # noqa: S102 - inside the walls
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        if isinstance(end.code, str):
            sys.stderr.write(end.code + "\n")
    except BaseException:  # noqa: BLE001 - as the interpreter itself would
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(status & 0xFF)


def wait(child: int, seconds: float) -> tuple[str, int | None]:
    handle = os.pidfd_open(child)
    ready, _, _ = select.select([handle], [], [], seconds)
    os.close(handle)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    if not ready:
        return "wall", None
    return ("exit", os.WEXITSTATUS(status)) if os.WIFEXITED(status) else ("signal", None)


def stopped(ending: str) -> Json:
    return {"exit_status": None, "ending": ending, "stdout": "", "stderr": "", "files": {}, "changed": []}


def read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", errors="backslashreplace") as file:
            return file.read(OUTPUT_BYTES)
    except OSError:
        return None


if __name__ == "__main__":
    time.tzset()
    main()
