"""The frame of a command-line program: arguments, errors, standard input, files and state."""

from __future__ import annotations

from macrohard.company.brief import Argument, ArgumentType, Brief, CommandBrief
from macrohard.company.engineers.stubs import function_name, parameter_name
from macrohard.company.frames import cli_parts

_CONVERTERS = {
    ArgumentType.INTEGER: "int",
    ArgumentType.NUMBER: "number",
    ArgumentType.FILE: "text_of",
}


def files(brief: Brief, functions: str) -> dict[str, str]:
    """Path below `src` -> text. `functions` is the module with the function behind each command."""
    package = brief.package
    head = f'"""What each command of {brief.name} does."""\n\nfrom __future__ import annotations\n\n'
    found = {
        f"{package}/__init__.py": f'"""{brief.summary}"""\n',
        f"{package}/__main__.py": cli_parts.MAIN.format(package=package, name=brief.name),
        f"{package}/commands.py": head + functions,
        f"{package}/cli.py": _cli(brief),
    }
    if brief.state_file:
        found[f"{package}/storage.py"] = cli_parts.STORAGE.format(file=brief.state_file)
    return found


def _cli(brief: Brief) -> str:
    types = {item.type for command in brief.commands for item in command.arguments}
    package, kept, own_parser = brief.package, bool(brief.state_file), brief.error_status != 2
    head = cli_parts.HEAD.format(name=brief.name)
    head = head if any(map(_takes_words, brief.commands)) else head.replace("import re\n", "")
    parts = [
        head.rstrip("\n") + ("\nfrom typing import NoReturn\n" if own_parser else "\n"),
        f"from {package} import commands\n" + (f"from {package}.storage import stored\n" if kept else ""),
    ]
    parts += [cli_parts.LIKE_A_NUMBER] if any(map(_takes_words, brief.commands)) else []
    parts += [cli_parts.NUMBER] if ArgumentType.NUMBER in types else []
    parts += [cli_parts.TEXT_OF] if ArgumentType.FILE in types else []
    parts += [cli_parts.PARSER.format(status=brief.error_status)] if own_parser else []
    parts += [_parser(brief), _call(brief), cli_parts.SHOW, cli_parts.ENTRY.format(status=brief.error_status)]
    return "\n\n".join(parts)


def _parser(brief: Brief) -> str:
    kind = "Parser" if brief.error_status != 2 else "argparse.ArgumentParser"
    lines = [
        f"def build_parser() -> {kind}:",
        '    """The commands, their arguments and their options."""',
        f"    parser = {kind}(prog={brief.name!r}, description={_description(brief.summary)})",
    ]
    if not brief.has_commands:
        lines += _arguments("parser", brief.commands[0])
    else:
        lines.append('    subparsers = parser.add_subparsers(dest="_command", metavar="COMMAND", required=True)')
        for command in brief.commands:
            help_text, purpose = repr(command.purpose.replace("%", "%%")), _description(command.purpose)
            variable = "command = " if command.arguments else ""
            lines.append(
                f"    {variable}subparsers.add_parser({command.name!r}, help={help_text}, description={purpose})"
            )
            lines += _arguments("command", command)
    return "\n".join([*lines, "    return parser", ""])


def _arguments(parser: str, command: CommandBrief) -> list[str]:
    numbers = [f"    {parser}._negative_number_matcher = LIKE_A_NUMBER"] if _takes_words(command) else []
    return [*(f"    {parser}{_add(item)}" for item in command.arguments), *numbers]


def _takes_words(command: CommandBrief) -> bool:
    return any(item.type is not ArgumentType.FLAG for item in command.arguments)


def _description(text: str) -> str:
    """argparse reads every help text as a format, but a description only when this stands in it."""
    return repr(text.replace("%", "%%") if "%(prog)" in text else text)


def _add(item: Argument) -> str:
    """One `add_argument` call; a percent sign in a help text would be read as a format."""
    dest = parameter_name(item)
    if item.is_option:
        if item.type is ArgumentType.FLAG:
            return f'.add_argument({item.name!r}, dest={dest!r}, action="store_true")'
        words = [repr(item.name), f"dest={dest!r}"]
    else:
        words = [repr(dest), f"metavar={item.name.upper()!r}"]
    words += [f"type={_CONVERTERS[item.type]}"] if item.type in _CONVERTERS else []
    words += ['nargs="+"'] if item.repeated else ['nargs="?"'] if item.optional else []
    return f".add_argument({', '.join(words)})"


def _call(brief: Brief) -> str:
    lines = [*_called(brief), "if isinstance(result, Iterator):", "    result = list(result)", "return result"]
    if brief.state_file:
        lines = ["with stored() as records:", *(f"    {line}" for line in lines)]
    head = ["def call(options: argparse.Namespace) -> object:", '    """Call the function behind the command."""']
    return "\n".join([*head, *(f"    {line}" for line in lines), ""])


def _called(brief: Brief) -> list[str]:
    if not brief.has_commands:
        return [f"result: object = {_invocation(brief, brief.commands[0])}"]
    lines: list[str] = []
    for command in brief.commands:
        word, annotation = ("elif", "") if lines else ("if", ": object")
        lines.append(f"{word} options._command == {command.name!r}:")
        lines.append(f"    result{annotation} = {_invocation(brief, command)}")
    return [*lines, "else:", '    raise ValueError(f"unknown command: {options._command}")']


def _invocation(brief: Brief, command: CommandBrief) -> str:
    arguments = ["records"] if brief.state_file else []
    arguments += [_standard_input(command)] if command.reads_stdin else []
    arguments += list(dict.fromkeys(f"options.{parameter_name(item)}" for item in command.arguments))
    return f"commands.{function_name(command)}({', '.join(arguments)})"


def _standard_input(command: CommandBrief) -> str:
    """A file that is given is read instead of standard input: nobody may have typed anything there."""
    file = next((item for item in command.arguments if item.optional and item.type is ArgumentType.FILE), None)
    return "sys.stdin.read()" + (f' if options.{parameter_name(file)} is None else ""' if file else "")
