"""Python programs that are installed beside Macrohard and work on what others wrote."""

from __future__ import annotations

import sys

__all__ = ["tool"]


def tool(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs an installed module.

    It imports nothing from the folder that it works in or is started in, nor from folders that variables of the environment name: a file there
    that is called like a module that the tool imports would be run with all rights of the user.
    """
    return (sys.executable, "-E", "-P", "-m", module, *arguments)
