"""The README of the evidence folder."""

from __future__ import annotations

TEXT = """# The evidence for {name}

Each claim about this program in `claims.json` is called verified, refuted or unverified. One that is called verified was
shown by running the program, and this folder holds what is needed to show it again. What else is said of the program, in
its choices, its notes, its `--help` or its docstrings, is no claim.

## Run the checks again

    sh evidence/check.sh

This runs the checks of the claims that are called verified. It needs a POSIX shell and Python 3.10 or newer, nothing
else. It has no walls: it runs the program with your rights, and whoever wrote this folder wrote the script.
`macrohard audit .` runs these checks, and those of the other claims, in a sandbox and trusts nothing in here: of a folder
that came from somebody else believe only the seal that it prints. Both end with status 0 only when every claim that is
called verified still holds and nothing in this folder was changed.

## What lies here

| file | what it holds |
|---|---|
| `claims.json` | every claim with its verdict and its evidence, one claim a line |
| `checks/` | the checks of these claims as plain files: commands, input, and what must come out |
| `ledger.jsonl` | a chain of records; each holds the hash of the one before, the last one seals the folder |
| `attestation.json` | the same result as an unsigned in-toto test-result statement |
| `check.py`, `check.sh` | run the checks of the verified claims again |

A chain of hashes shows that something was changed, not who wrote it: whoever can rewrite the whole folder can make a
new chain. So keep the seal, which `check.sh` prints, or the git commit, in another place.

## Write another checker

1. For each line of `ledger.jsonl`: take the member `hash` out, write the rest as JSON with sorted keys, without
   spaces, in UTF-8 without escapes that JSON does not require. Its sha256 is `hash`; `previous` is the `hash` of the
   line before, 64 zeros in the first line.
2. For each record of kind `claim`: `body.sha256` is the sha256 of the claim's own line in `claims.json` without the
   comma at its end, and `body.checks` holds the sha256 of each check file.
3. In the record of kind `seal`, `body.files` holds the sha256 of every other file of this folder.
4. For each check file: put `check.files` into an empty folder and run its steps there one after the other, with
   `{{program}}` in `argv` replaced by `program`, `{{python}}` by Python, and the folder `python_path` of the project
   in `PYTHONPATH`. `check.py` shows in its function `judge` when a step is broken.

Made by Macrohard {version}.
"""


def readme(name: str, version: str) -> str:
    """Return the text for the program `name`, made by this version of Macrohard."""
    return TEXT.format(name=name, version=version)
