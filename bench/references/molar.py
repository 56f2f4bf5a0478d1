"""43-molar."""

from __future__ import annotations

import re

from bench.references import Library

_MASSES = {"H": 1.0, "C": 12.0, "N": 14.0, "O": 16.0, "Na": 23.0, "S": 32.0, "Cl": 35.5}
_PART = "(Na|Cl|H|C|N|O|S)([1-9][0-9]*)?"


def atoms(formula: str) -> dict[str, int]:
    """Each element with its count."""
    if not re.fullmatch(f"({_PART})+", formula):
        raise ValueError(formula)
    found: dict[str, int] = {}
    for symbol, count in re.findall(_PART, formula):
        found[symbol] = found.get(symbol, 0) + int(count or "1")
    return found


def mass(formula: str) -> float:
    """The sum of the masses of all atoms."""
    return sum((_MASSES[symbol] * count for symbol, count in atoms(formula).items()), 0.0)


_BOTH = ("H2O", "CH3COOH", "NaCl", "H2SO4", "C6H12O6", "NaNO3", "N2", "CO", "HHHH", "C12H22O11", "H2", "CCl4", "H1")
_WRONG = ("", "Fe2O3", "h2o", "H2 O", "2H2O", "H0", "Ca", "(OH)2", "H02", "NA")
REFERENCE = Library(
    {"atoms": atoms, "mass": mass},
    [
        *(f"atoms({formula!r})" for formula in _BOTH),
        *(f"mass({formula!r})" for formula in _BOTH),
        *(f"atoms({formula!r})" for formula in _WRONG),
        *(f"mass({formula!r})" for formula in ("", "X", "Cl2x", "H2O ", "Na+", "10", "12C")),
    ],
)
