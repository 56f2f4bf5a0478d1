from __future__ import annotations

import pytest

from macrohard.company.engineers.promise import RETURNS, STORED, broken_promises


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ("return 'x'", ()),
        ("print('x')\n    return ''", (RETURNS,)),
        ("import sys\n    sys.exit(2)", (RETURNS,)),
        ("with open('a.json', 'w') as file:\n        file.write('x')\n    return 'x'", (STORED,)),
        ("print(open('a.json').read())", (RETURNS, STORED)),
        ("blueprint('x')\n    reopen('x')", ()),
        ("return 'print(open(x))'", ()),
    ],
)
def test_what_is_promised_and_not_kept(body: str, broken: tuple[str, ...]) -> None:
    assert (
        broken_promises(f'def f(records):\n    """Do it.\n\n    {STORED}\n    {RETURNS}\n    """\n    {body}') == broken
    )
    assert broken_promises(f'def f(records):\n    """Do it."""\n    {body}') == ()


def test_what_cannot_be_read_breaks_nothing() -> None:
    assert broken_promises(f"def f(:\n    {RETURNS}") == ()
