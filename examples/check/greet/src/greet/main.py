"""Greets people."""

import sys


def greeting(name: str) -> str:
    """The greeting of one person."""
    return f"Hello, {name}!"


def main() -> int:
    """Greet the person who is named on the command line."""
    match sys.argv[1:]:
        case ["--version"]:
            print("greet 1.2.0")
        case ["--help"]:
            print("usage: greet NAME")
        case [name]:
            print(greeting(name))
        case _:
            print("error: give one name", file=sys.stderr)
            return 2
    return 0
