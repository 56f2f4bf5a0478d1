"""Which instructions of the processor the engine can use."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FAMILIES = {
    "AVX2": {"avx2"},
    "AVX-512": {"avx512f", "avx512bw", "avx512vl"},
    "AVX-512 VNNI": {"avx512_vnni"},
    "AVX-VNNI": {"avx_vnni"},
    "AVX-512 BF16": {"avx512_bf16"},
    "AMX INT8": {"amx_tile", "amx_int8"},
    "AMX BF16": {"amx_tile", "amx_bf16"},
}
"""Name -> flags of the kernel's processor list that must all be there. The engine picks the best at each start."""


def kernels() -> tuple[str, ...]:
    """The instruction families this processor has; empty where the system does not tell."""
    flags = _flags()
    return tuple(name for name, needed in FAMILIES.items() if needed <= flags)


def engine() -> str:
    """Name and version of the installed engine; empty when there is none."""
    try:
        return f"openvino-genai {version('openvino-genai')}"
    except PackageNotFoundError:
        return ""


def _flags() -> set[str]:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return set()
    lines = (line for line in text.splitlines() if line.startswith(("flags", "Features")))
    return set(next(lines, "").partition(":")[2].split())
