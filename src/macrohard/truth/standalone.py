"""Judge, verify and run the evidence of a project that Macrohard delivered.

This one file is both a module of Macrohard and, byte for byte, `evidence/check.py` of every delivered project. It
needs nothing but Python 3.10 or newer on a POSIX system, so that anyone can run the checks of the verified claims again
without Macrohard:

    python3 -I evidence/check.py

It has NO WALLS: it runs the program with your rights, as starting the program yourself would. `macrohard audit`
runs these checks and those of the other claims in a sandbox, and it is the one to believe about a folder from
somebody else, who may have put another script in this place. Exit status: 0 every claim that is called verified
holds and nothing was tampered with; 1 something does not hold; 2 the evidence cannot be read.

What stands here, from top to bottom: canonical JSON, judging a step, files of untrusted folders, the chain of
records, the evidence folder, running a scenario, the command. Only plain dicts, lists and strings go in and out.
"""

# Nothing is imported before the folder of this file is out of the way, not even __future__, so that a file beside it
# cannot take the place of a module. That is why types that Python 3.9 does not know are quoted.
import sys

if __name__ == "__main__" and not sys.flags.isolated:
    del sys.path[0]

import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SCHEMA = "macrohard/evidence/v1"
"""The version of the folder; a reader refuses any other."""
ZERO = "0" * 64
"""What the first record of a chain holds as the hash of the one before."""
MEBIBYTE = 1024 * 1024
LARGEST_FILE = 16 * MEBIBYTE
"""The most bytes that are read of one file of the evidence, of the program or of a working folder."""
MOST_LINES = 20_000
"""The most lines that ledger.jsonl or claims.json may have."""
MOST_FILES = 4096
"""The most files that a program may have."""
MOST_BYTES = 64 * MEBIBYTE
"""The most bytes that all files of a program may have together."""
STEP_SECONDS = 60.0
"""How long one step may take when it is run without a sandbox."""
CLAIMS_OPEN = '{"schema":"' + SCHEMA + '","claims":['
CLAIMS_CLOSE = "]}"
SEALED = ("claims.json", "attestation.json", "README.md", "check.py", "check.sh")
"""The files of the folder besides the ledger and the checks; the seal holds their digests."""
EXPECTED = {"exit_status", "stdout", "stdout_contains", "stderr_contains", "error_message", "files", "unchanged"}
"""The members of `Expectation`; nothing meets one that is not known here."""
CHECK_FILE = re.compile(r"checks/[0-9]{3,6}-[a-z0-9-]{1,60}\.json\Z")

Json = dict[str, Any]
Execute = Callable[[Sequence[str], bytes, str], Json]
"""(argv, stdin, working folder) -> {exit_status, ending, stdout, stderr}, the last two as bytes."""


class Unreadable(Exception):
    """The evidence cannot be read at all; the message is a sentence that says what to do."""


# Canonical JSON ------------------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """Return the one JSON form of `value`: keys sorted by code point, no spaces, UTF-8, nothing escaped needlessly.

    Raises ValueError for NaN, infinities, lone surrogates and what JSON cannot hold.
    """
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return text.encode("utf-8")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def parse(data: bytes) -> Any:
    """Return the value of untrusted JSON; raises ValueError whatever is wrong with it."""
    try:
        return json.loads(data.decode("utf-8"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


# Judging -------------------------------------------------------------------------------------------------------

TRACEBACK = "Traceback (most recent call last)"
NOT_STARTED = re.compile(
    r"^\S*python[0-9.]*: (No module named|can't open file|can't find|Error while finding)", re.MULTILINE
)
ENDINGS = {
    "signal": "it was killed by a signal",
    "wall": "it took too long and was stopped",
    "cpu": "it used too much processor time and was stopped",
    "memory": "it used too much memory and was stopped",
    "processes": "it started too many processes and was stopped",
    "disk": "it wrote too much to disk and was stopped",
    "output": "it printed too much and was stopped",
}


def visible(text: str, longest: int = 200) -> str:
    """Return untrusted text fit for a terminal: one line, control and invisible characters escaped, cut when long."""
    if len(text) > longest:
        text = text[:longest] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)


def settled(text: str) -> str:
    """Return `text` without spaces, tabs and carriage returns at line ends and without empty lines at its end."""
    return "\n".join(line.rstrip(" \t\r") for line in text.split("\n")).rstrip("\n")


def judge(expect: Mapping[str, Any], seen: Mapping[str, Any]) -> str:
    """Return what `seen` breaks of `expect` as half a sentence, or '' when it meets all of it.

    `expect` is the JSON form of `Expectation`; members that are missing take its defaults. `seen` holds
    `exit_status`, `ending`, `stdout`, `stderr` (text), `files` (path -> text, or None when it is not there) and, where
    nothing may change, `changed` (the paths that did).
    """
    return next(_broken(expect, seen), "")


def _broken(expect: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[str]:
    """Yield everything that is broken, what matters most first."""
    for name in sorted(expect.keys() - EXPECTED):
        yield f"it is to be judged by `{visible(name)}`, which is not known here"
    yield from _broken_ending(expect.get("exit_status", 0), seen)
    yield from _broken_output(expect, seen)
    for path, text in sorted(expect.get("files", {}).items()):
        found = seen["files"].get(path)
        if found is None:
            yield f"there is no readable file `{visible(path)}` afterwards"
        elif settled(found) != settled(text):
            yield f"the file `{visible(path)}` holds {_quoted(found)}, not {_quoted(text)}"
    if expect.get("unchanged", False) and seen["changed"]:
        yield f"it may change nothing, but changed {visible(', '.join(seen['changed']))}"


def _broken_ending(status: "int | None", seen: Mapping[str, Any]) -> Iterator[str]:
    if seen["ending"] != "exit":
        yield ENDINGS.get(seen["ending"], "it did not end by itself")
    if TRACEBACK in seen["stderr"]:
        last = seen["stderr"].rstrip().rsplit("\n", 1)[-1]
        yield f"it ended in a Python traceback: {visible(last)}"
    if NOT_STARTED.search(seen["stderr"]):
        yield f"Python could not start it: {visible(seen['stderr'].strip())}"
    if seen["exit_status"] is None:
        yield "it has no exit status"
    elif status is not None and seen["exit_status"] != status:
        said = visible(seen["stderr"].strip())
        yield f"the exit status is {seen['exit_status']}, not {status}" + (f" (stderr: {said})" if said else "")


def _broken_output(expect: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[str]:
    stdout = expect.get("stdout")
    if stdout is not None and settled(seen["stdout"]) != settled(stdout):
        yield f"it printed {_quoted(seen['stdout'])}, not {_quoted(stdout)}"
    for stream in ("stdout", "stderr"):
        for part in expect.get(stream + "_contains", ()):
            if part not in seen[stream]:
                yield f"{stream} does not contain {_quoted(part)}: it is {_quoted(seen[stream])}"
    if expect.get("error_message", False) and not any(c.isalpha() for c in seen["stderr"]):
        yield "there is no readable error message on stderr"


def _quoted(text: str) -> str:
    plain = visible(settled(text))
    return f"`{plain}`" if plain else "nothing"


# Files of untrusted folders --------------------------------------------------------------------------------------


def is_inside(path: object) -> bool:
    """Tell whether `path` is a plain relative path: no '..', no root, no empty part, nothing a file system refuses."""
    if not isinstance(path, str) or not 0 < len(path) <= 1024 or "\0" in path or "\\" in path:
        return False
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return all(part not in ("", ".", "..") and len(part.encode("utf-8")) <= 255 for part in path.split("/"))


def read_inside(root: str, path: str, largest: int = LARGEST_FILE) -> bytes:
    """Read a regular file below `root` without ever following a link below it, and never more than `largest` bytes.

    Raises OSError when it is not there, not a regular file, behind a link or too large; ValueError for a path that
    leaves `root`.
    """
    if not is_inside(path):
        raise ValueError("unsafe path")
    with _open_inside(root, path.split("/")) as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(f"larger than {largest} bytes")
    return bytes(data)


def _open_inside(root: str, parts: Sequence[str]) -> Any:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        handle = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return os.fdopen(handle, "rb")


def text_inside(root: str, path: str) -> "str | None":
    """Return the text of a file, or None when it cannot be read; bytes that are no UTF-8 become lone surrogates."""
    try:
        return read_inside(root, path).decode("utf-8", "surrogateescape")
    except (OSError, ValueError):
        return None


def program_files(root: str, python_path: str) -> Iterator[str]:
    """Yield the path, relative to `root`, of everything below `python_path` but folders and Python's own cache.

    Links are yielded and never followed. Raises OSError when there are more than `MOST_FILES`.
    """
    count = 0
    for folder, folders, files in os.walk(Path(root, python_path), onerror=_fail):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name != "__pycache__" and name not in links)
        for name in sorted(files + links):
            count += 1
            if count > MOST_FILES:
                raise OSError(f"more than {MOST_FILES} files")
            yield Path(folder, name).relative_to(root).as_posix()


def _fail(error: OSError) -> None:
    raise error


def _listed(root: str, python_path: str) -> list[str]:
    try:
        return list(program_files(root, python_path))
    except RecursionError as error:
        raise OSError("its folders are nested too deeply") from error


def read_program(root: str, python_path: str) -> tuple[dict[str, bytes], list[str]]:
    """Return path -> bytes of every file of the program, and the paths that cannot be read (links, pipes, giants).

    Raises OSError when there is no such folder or when it holds too much.
    """
    if not is_inside(python_path) or Path(root, python_path).is_symlink():
        raise OSError("the folder of the program is not a plain folder")
    found: dict[str, bytes] = {}
    strange: list[str] = []
    total = 0
    for path in _listed(root, python_path):
        try:
            found[path] = read_inside(root, path)
        except (OSError, ValueError):
            strange.append(path)
            continue
        total += len(found[path])
        if total > MOST_BYTES:
            raise OSError(f"more than {MOST_BYTES} bytes")
    return found, strange


class Snapshot:
    """A fresh copy of the program, so that what is digested is exactly what is run: without links, pipes and bytecode."""

    def __init__(self, project: str, folder: str) -> None:
        """Copy from `project`, for which nobody vouches, to the empty `folder`, which looks like it but holds only what is taken."""
        self._project = project
        self.folder = folder
        self._taken: dict[str, tuple[dict[str, bytes], list[str]]] = {}

    def take(self, python_path: str) -> tuple[dict[str, bytes], list[str]]:
        """Copy a folder of the project, unless it has been, and return what `read_program` returns; raises OSError likewise."""
        if python_path not in self._taken:
            found, strange = read_program(self._project, python_path)
            Path(self.folder, python_path).mkdir(parents=True, exist_ok=True)
            for path, data in found.items():
                place = Path(self.folder, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            self._taken[python_path] = found, strange
        return self._taken[python_path]


@contextlib.contextmanager
def snapshot(project: str) -> Iterator[Snapshot]:
    """Provide an empty snapshot of a project, which is gone afterwards."""
    with fresh_folder("program-") as folder:
        yield Snapshot(project, folder)


def changed_inputs(inputs: Mapping[str, str], found: Mapping[str, bytes], strange: Sequence[str] = ()) -> list[str]:
    """Return the paths that were changed, added, removed or made unreadable since `inputs` (path -> sha256)."""
    now = {path: sha256(data) for path, data in found.items()}
    now.update(dict.fromkeys(strange, ""))
    return _differing(inputs, now)


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def contents(folder: str) -> dict[str, str]:
    """Return path -> what lies there, for everything below `folder` but folders: the sha256 of a file, the target of a link,
    the kind of anything else.

    No link is followed. Raises OSError for what cannot be read or is too much, so that nothing counts as unchanged unseen.
    """
    found: dict[str, str] = {}
    total = 0
    try:
        for place, folders, files in os.walk(folder, onerror=_fail):
            for name in files + [name for name in folders if os.path.islink(os.path.join(place, name))]:
                path = os.path.join(place, name)
                found[os.path.relpath(path, folder)], size = _content(path)
                total += size
                if len(found) > MOST_FILES or total > MOST_BYTES:
                    raise OSError(f"more than {MOST_FILES} files or {MOST_BYTES} bytes")
    except RecursionError as error:
        raise OSError("its folders are nested too deeply") from error
    return found


def _content(path: str) -> tuple[str, int]:
    state = os.lstat(path)
    if stat.S_ISLNK(state.st_mode):
        return "link to " + os.readlink(path), 0
    if not stat.S_ISREG(state.st_mode):
        return f"kind {stat.S_IFMT(state.st_mode):o}", 0
    if state.st_size > LARGEST_FILE:
        raise OSError(f"a file of more than {LARGEST_FILE} bytes")
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        data = file.read(LARGEST_FILE)
    return sha256(data), len(data)


def changes(before: Mapping[str, str], folder: str) -> list[str]:
    """Return the paths of what was added, removed or changed below `folder` since `before`, which `contents` gave."""
    try:
        return _differing(before, contents(folder))
    except OSError as error:
        return [f"something that cannot be compared ({error.strerror or error})"]


# The chain of records ----------------------------------------------------------------------------------------------


def sealed_record(number: int, kind: str, subject: str, body: Json, previous: str) -> Json:
    """Return a record of the chain: these members and `hash`, the sha256 of their canonical JSON."""
    record = {"number": number, "kind": kind, "subject": subject, "body": body, "previous": previous}
    return {**record, "hash": sha256(canonical(record))}


def record_of(line: bytes) -> "Json | None":
    """Return the record in one line of a ledger, or None when even one byte of it was changed."""
    try:
        record = parse(line)
        if not isinstance(record, dict) or canonical(record) != line:
            return None
        open_form = {key: value for key, value in record.items() if key != "hash"}
        right = sha256(canonical(open_form)) == record.get("hash")
    except ValueError:
        return None
    return record if right and _shaped(record, RECORD) else None


RECORD: Json = {"number": int, "kind": str, "subject": str, "body": dict, "previous": str, "hash": str}
CLAIM_BODY: Json = {"id": str, "statement": str, "verdict": str, "sha256": str, "checks": list}
SEAL_BODY: Json = {"claims": list, "files": dict}


def _shaped(value: Json, shape: Json) -> bool:
    """Tell whether `value` has at least the members of `shape`, each of its type."""
    return all(isinstance(value.get(key), kind) for key, kind in shape.items())


def verify_chain(data: bytes) -> tuple[list[Json], list[str]]:
    """Return the confirmed records of a JSONL ledger and a sentence for each thing that is wrong with it.

    A record is confirmed when its own hash is right and the record after it, where that one is right, names it.
    """
    lines = data.split(b"\n")
    problems = [] if lines.pop() == b"" and lines else ["The end of ledger.jsonl was changed or cut off."]
    records = [record_of(line) for line in lines]
    confirmed = []
    for index, record in enumerate(records):
        following = records[index + 1] if index + 1 < len(records) else None
        problem = _chain_problem(index, record, following)
        if problem:
            problems.append(problem)
        if record is not None and not problem.startswith("Line"):
            confirmed.append(record)
    return confirmed, problems


def _chain_problem(index: int, record: "Json | None", following: "Json | None") -> str:
    """Say what is wrong at this place: 'Line …' casts doubt on this record, other sentences on its neighbours."""
    if record is None:
        return f"Line {index + 1} of ledger.jsonl was changed."
    if following is not None and following["number"] == record["number"] + 1:
        if following["previous"] != record["hash"]:
            return f"Line {index + 1} of ledger.jsonl was changed: it is not the one that the next line names."
    elif following is not None:
        return f"A record is missing or was moved after line {index + 1} of ledger.jsonl."
    if index == 0 and (record["number"], record["previous"]) != (1, ZERO):
        return "The beginning of ledger.jsonl is missing."
    return ""


# The evidence folder -----------------------------------------------------------------------------------------------


def read_evidence(project: str) -> Json:
    """Read and verify the evidence folder of a project, trusting nothing in it.

    Returns {`name`, `header`: body or None, `seal`: hash or '', `problems`: sentences, `claims`: list of {`id`,
    `statement`, `verdict`, `tampered`: sentence or '', `claim`: the whole claim or None}}. Raises Unreadable when
    there is no evidence or it is of another version.
    """
    ledger = _required(project, "ledger.jsonl")
    lines = _required(project, "claims.json")
    _refuse_other_version(lines, ledger)
    records, problems = verify_chain(ledger)
    header = next((r["body"] for r in records if r["kind"] == "header" and r["number"] == 1), None)
    seal = (
        records[-1] if records and records[-1]["kind"] == "seal" and _shaped(records[-1]["body"], SEAL_BODY) else None
    )
    if header is None:
        problems.append("The header of ledger.jsonl was changed or is missing.")
    if seal is None:
        problems.append("The seal of ledger.jsonl was changed or is missing, so it is not known what else was changed.")
    claims = _claims(lines, records, seal, problems)
    _verify_files(project, claims, seal, problems)
    name = str(header.get("name", "")) if header else ""
    return {
        "name": name,
        "header": header,
        "seal": seal["hash"] if seal else "",
        "problems": problems,
        "claims": claims,
    }


def _required(project: str, name: str) -> bytes:
    try:
        data = read_inside(project, "evidence/" + name)
        if data.count(b"\n") > MOST_LINES:
            raise OSError(f"more than {MOST_LINES} lines")
        return data
    except FileNotFoundError:
        where = visible(project, 1000)
        raise Unreadable(
            f"There is no evidence/{name} in {where}; give the folder of a project that Macrohard delivered."
        ) from None
    except OSError as error:
        why = visible(error.strerror or str(error))
        raise Unreadable(f"evidence/{name} cannot be read ({why}); get a fresh copy of the project.") from None


def _refuse_other_version(claims: bytes, ledger: bytes) -> None:
    for data in (claims, ledger):
        found = re.search(rb'"schema":"macrohard/evidence/v([0-9]{1,6})"', data.split(b"\n", 1)[0])
        if found and int(found.group(1)) > 1:
            raise Unreadable("The evidence was made by a newer Macrohard; update Macrohard to read it.")


def _claims(data: bytes, records: Sequence[Json], seal: "Json | None", problems: list[str]) -> list[Json]:
    """Match the lines of claims.json with their records in the ledger; both must agree byte for byte."""
    lines = _claim_lines(data, problems)
    known: dict[str, Json] = {}
    for record in records:
        if record["kind"] == "claim" and _shaped(record["body"], CLAIM_BODY):
            known.setdefault(record["body"]["id"], _matched(record["body"], lines))
    for line in lines.values():
        _leftover(line, known, seal, problems)
    order = [i for i in seal["body"]["claims"] if isinstance(i, str)] if seal else []
    for identifier in order:
        if identifier not in known:
            known[identifier] = _tampered(identifier, "", "its record and its line are missing or were changed")
    if seal and sorted(order) != sorted(known):
        problems.append("The seal of ledger.jsonl does not list the claims that are there.")
    return [known[i] for i in order] + [claim for i, claim in known.items() if i not in order]


def _claim_lines(data: bytes, problems: list[str]) -> dict[str, bytes]:
    """Return digest -> bytes of every line of claims.json that holds a claim."""
    lines = data.split(b"\n")
    framed = len(lines) > 2 and (lines[0], lines[-2], lines[-1]) == (CLAIMS_OPEN.encode(), CLAIMS_CLOSE.encode(), b"")
    if not framed:
        problems.append("claims.json was changed outside of its claims.")
    inner = lines[1:-2] if framed else lines
    bare = [line[:-1] if line.endswith(b",") else line for line in inner]
    return {sha256(line): line for line in bare if line.startswith(b"{") and line != CLAIMS_OPEN.encode()}


def _matched(body: Json, lines: dict[str, bytes]) -> Json:
    line = lines.pop(body["sha256"], None)
    if line is None:
        return _tampered(
            body["id"], body["statement"], "its line in claims.json was changed or removed", body["verdict"]
        )
    try:
        claim = parse(line)
    except ValueError:
        claim = None
    if not isinstance(claim, dict) or any(claim.get(key) != body[key] for key in ("id", "statement", "verdict")):
        return _tampered(body["id"], body["statement"], "its line in claims.json is not its own", body["verdict"])
    return {**_entry(body["id"], body["statement"], body["verdict"]), "claim": claim, "checks": body["checks"]}


def _leftover(line: bytes, known: dict[str, Json], seal: "Json | None", problems: list[str]) -> None:
    """Account for a line of claims.json that no confirmed record names."""
    try:
        claim = parse(line)
    except ValueError:
        claim = None
    text = {k: v for k, v in claim.items() if isinstance(v, str)} if isinstance(claim, dict) else {}
    identifier = text.get("id", "")
    sealed = not seal or identifier in seal["body"]["claims"]
    if identifier and identifier not in known and sealed:
        why = "its record in ledger.jsonl was changed or removed"
        known[identifier] = _tampered(identifier, text.get("statement", ""), why, text.get("verdict", ""))
    elif not identifier or identifier not in known:
        problems.append(
            f"claims.json holds a line that the ledger does not know: {visible(identifier or 'unreadable')}."
        )


def _entry(identifier: str, statement: str, verdict: str) -> Json:
    return {"id": identifier, "statement": statement, "verdict": verdict, "tampered": "", "claim": None, "checks": []}


def _tampered(identifier: str, statement: str, why: str, verdict: str = "verified") -> Json:
    return {**_entry(identifier, statement, verdict), "tampered": why}


def _verify_files(project: str, claims: Sequence[Json], seal: "Json | None", problems: list[str]) -> None:
    """Compare every file of the folder with the digest in the seal, and every check with the one in its record."""
    listed = {k: v for k, v in seal["body"]["files"].items() if isinstance(v, str)} if seal else {}
    for claim in claims:
        _verify_checks(project, claim)
    changed_claims = any(claim["tampered"] for claim in claims)
    for name in SEALED if seal else ():
        digest = _digest_of(project, name)
        is_same = digest is not None and digest == listed.get(name)
        if not (is_same or (name == "claims.json" and changed_claims)):
            problems.append(f"evidence/{name} was changed or removed.")
    named = {str(entry.get("file")) for claim in claims for entry in claim["checks"] if isinstance(entry, dict)}
    for name in sorted(_names_in(project, "evidence") - {*SEALED, "ledger.jsonl", "checks"}):
        problems.append(f"evidence/{visible(name)} does not belong to the evidence.")
    checks = Path(project, "evidence", "checks")
    # Where there are no checks there need be no folder for them.
    if os.path.lexists(checks) and not _is_plain_folder(checks):
        problems.append("evidence/checks is not a plain folder.")
    for name in sorted({"checks/" + file for file in _names_in(project, "evidence", "checks")} - named):
        if seal is None or name not in listed or _digest_of(project, name) != listed[name]:
            problems.append(f"evidence/{visible(name)} does not belong to the evidence.")


def _digest_of(project: str, name: str) -> "str | None":
    try:
        return sha256(read_inside(project, "evidence/" + name))
    except (OSError, ValueError):
        return None


def _is_plain_folder(folder: Path) -> bool:
    """Tell whether it is a folder, and no link to one."""
    return folder.is_dir() and not folder.is_symlink()


def _names_in(project: str, *parts: str) -> set[str]:
    folder = Path(project, *parts)
    return set(os.listdir(folder)) if _is_plain_folder(folder) else set()


def _verify_checks(project: str, claim: Json) -> None:
    for number, entry in enumerate(claim["checks"]):
        name = entry.get("file") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not CHECK_FILE.match(name):
            claim["tampered"] = claim["tampered"] or "its record names a check file that cannot be one"
        elif _digest_of(project, name) != entry.get("sha256"):
            claim["tampered"] = claim["tampered"] or f"evidence/{name} was changed or removed"
        elif not claim["tampered"] and not _same_check(project, name, claim["claim"], number):
            claim["tampered"] = f"evidence/{name} is not the check in its evidence"


def _same_check(project: str, name: str, claim: Json, number: int) -> bool:
    """Tell whether a check file holds what the claim's evidence at this place holds."""
    try:
        written = parse(read_inside(project, "evidence/" + name))
        run = claim["evidence"][number]
        return bool(written == check_file(claim["id"], run))
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False


def check_file(identifier: str, run: Json) -> Json:
    """Return what a check file holds: the check, and how the program is started for it."""
    kept = {key: run[key] for key in ("program", "python_path", "check")}
    return {"schema": SCHEMA, "claim": identifier, **kept}


# Running a scenario ------------------------------------------------------------------------------------------------


def run_scenario(check: Json, program: Sequence[str], python: str, execute: Execute) -> tuple[list[Json], str]:
    """Run the steps of a check in one fresh folder until one is broken.

    Returns the observations (JSON form of `Observation`, one for each step that was run) and the failure as a
    sentence, '' when every expectation was met. Raises OSError or ValueError when the files cannot be laid out.
    """
    with fresh_folder("check-") as folder:
        _lay_out(folder, check["files"])
        observed = []
        for number, step in enumerate(check["steps"], 1):
            before = contents(folder) if step["expect"].get("unchanged", False) else None
            seen = execute(expand(step["argv"], program, python), step["stdin"].encode("utf-8"), folder)
            observed.append(_observation(seen))
            changed = [] if before is None else changes(before, folder)
            failure = judge(step["expect"], {**_as_text(seen, folder, step["expect"]["files"]), "changed": changed})
            if failure:
                return observed, _sentence(check, number, program, failure)
    return observed, ""


@contextlib.contextmanager
def fresh_folder(prefix: str) -> Iterator[str]:
    """Provide an empty folder that is gone afterwards, however deep or locked what a program left in it."""
    folder = tempfile.mkdtemp(prefix=prefix)
    try:
        yield folder
    finally:
        try:
            shutil.rmtree(folder)
        except (OSError, RecursionError):
            for command in (["chmod", "-R", "u+rwx", folder], ["rm", "-rf", folder]):
                subprocess.run(command, check=False, stderr=subprocess.DEVNULL)


def starts_python(check: Json, program: Sequence[str]) -> bool:
    """Tell whether a step of a check starts Python, as every program that Macrohard delivers is started.

    Whatever a check shows that does not, it shows nothing about the program.
    """
    return any(expand(step["argv"], program, "{python}")[:1] == ["{python}"] for step in check["steps"])


def expand(argv: Sequence[str], program: Sequence[str], python: str) -> list[str]:
    """Return `argv` with the words `{program}` and `{python}` put in their place."""
    words = [word for given in argv for word in (program if given == "{program}" else [given])]
    return [python if word == "{python}" else word for word in words]


def _lay_out(folder: str, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if not is_inside(path):
            raise ValueError(f"the check wants a file at `{visible(path)}`, which is not inside its folder")
        place = Path(folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(text.encode("utf-8"))


def _observation(seen: Json) -> Json:
    kept = {"exit_status": seen["exit_status"], "ending": seen["ending"]}
    return {**kept, "stdout_sha256": sha256(seen["stdout"]), "stderr_sha256": sha256(seen["stderr"])}


def _as_text(seen: Json, folder: str, paths: Mapping[str, str]) -> Json:
    streams = {name: seen[name].decode("utf-8", "surrogateescape") for name in ("stdout", "stderr")}
    return {**seen, **streams, "files": {path: text_inside(folder, path) for path in paths}}


def _sentence(check: Json, number: int, program: Sequence[str], failure: str) -> str:
    argv = expand(check["steps"][number - 1]["argv"], list(program)[-1:], "python3")
    words = ["…" if "\n" in word else shlex.quote(word) for word in argv]  # a whole program says nothing in a sentence
    place = f"Step {number}, " if len(check["steps"]) > 1 else ""
    return f"{place}`{visible(' '.join(words))}`: {failure}."


def execute_unwalled(project: str, python_path: str) -> Execute:
    """Return what runs one command with no walls but time, file size and a clean environment."""
    env = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = str(Path(project).absolute() / python_path)

    def execute(argv: Sequence[str], stdin: bytes, folder: str) -> Json:
        with fresh_folder("home-") as home:
            status, streams = _streamed(argv, stdin, {"cwd": folder, "env": {**env, "HOME": home, "TMPDIR": home}})
        ending = "wall" if status is None else "exit" if status >= 0 else "signal"
        return {"exit_status": status if ending == "exit" else None, "ending": ending, **streams}

    return execute


def _streamed(argv: Sequence[str], stdin: bytes, settings: Json) -> "tuple[int | None, dict[str, bytes]]":
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        status = _wait(argv, {**settings, "stdin": given, "stdout": out, "stderr": err})
        return status, {"stdout": _from_start(out), "stderr": _from_start(err)}


def _wait(argv: Sequence[str], settings: Json) -> "int | None":
    """Run to the end, then end what it left running; None when it took too long."""
    process = subprocess.Popen(list(argv), start_new_session=True, **settings)
    try:
        return process.wait(STEP_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit_files() -> None:
    """Keep a program that writes without end, also to stdout, from filling the disk; what is started inherits it."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * LARGEST_FILE, 4 * LARGEST_FILE))


def _from_start(file: Any) -> bytes:
    file.seek(0)
    return bytes(file.read(LARGEST_FILE))


# The command -------------------------------------------------------------------------------------------------------

NO_WALLS = (
    "This script has no walls: it runs the program with your rights. `macrohard audit` runs the same in a sandbox."
)
COLOURS = {"holds": "32", "FAILS": "31", "TAMPERED": "31"}


def main(arguments: Sequence[str] = ()) -> int:
    """Check the project that this file lies in (or the one folder given) and print a line for each claim."""
    project = arguments[0] if arguments else str(Path(__file__).resolve().parent.parent)
    if project in ("-h", "--help") or len(arguments) > 1:
        print(__doc__)
        return 0 if len(arguments) == 1 else 2
    try:
        evidence = read_evidence(project)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    print(NO_WALLS)
    with snapshot(project) as copy:
        words = [_report(copy, claim) for claim in evidence["claims"]]
    for problem in evidence["problems"]:
        print(_coloured("TAMPERED") + "  " + visible(problem))
    return _conclude(evidence, words)


def _report(copy: Snapshot, claim: Json) -> str:
    word, reason = check_claim(copy, claim)
    print(
        _coloured(word) + f"  {visible(claim['id'])}  {visible(claim['statement'])}" + (f": {reason}" if reason else "")
    )
    return word


def _conclude(evidence: Json, words: Sequence[str]) -> int:
    verified = [word for claim, word in zip(evidence["claims"], words) if claim["verdict"] == "verified"]
    held = verified.count("holds")
    print(f"{held} of {len(verified)} claims that are called verified hold. Seal: {evidence['seal'] or 'broken'}")
    return 0 if held == len(verified) and not evidence["problems"] and "TAMPERED" not in words else 1


def check_claim(copy: Snapshot, claim: Json) -> tuple[str, str]:
    """Run every check of one claim without walls, on a copy of the program; return the word for its line and the reason."""
    if claim["tampered"]:
        return "TAMPERED", visible(claim["tampered"])
    if claim["verdict"] != "verified":
        return "unverified", visible(str(claim["claim"].get("reason", "")))
    runs = claim["claim"].get("evidence")
    if not runs:
        return "FAILS", "it is called verified but has no evidence"
    try:
        results = [_run_again(copy, run) for run in runs]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return "FAILS", f"its evidence cannot be checked ({visible(str(error))})"
    failure = next((failure for failure, _ in results if failure), "")
    changed = sorted({path for _, paths in results for path in paths})
    note = f"on a program that was changed since delivery: {visible(', '.join(changed))}" if changed else ""
    return ("FAILS", failure) if failure else ("holds", note)


def _run_again(copy: Snapshot, run: Json) -> tuple[str, list[str]]:
    if run["kind"] != "run":
        raise ValueError("this kind of evidence is not known here")
    if not starts_python(run["check"], run["program"]):
        raise ValueError("none of its commands starts the program or Python")
    found, strange = copy.take(run["python_path"])
    execute = execute_unwalled(copy.folder, run["python_path"])
    _, failure = run_scenario(run["check"], run["program"], sys.executable or "python3", execute)
    return failure, changed_inputs(run["inputs"], found, strange)


def _coloured(word: str) -> str:
    plain = word.ljust(10)
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and word in COLOURS
    return f"\x1b[{COLOURS[word]}m{plain}\x1b[0m" if wanted else plain


if __name__ == "__main__":
    _limit_files()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
