"""What the machine offers to the engine."""

from __future__ import annotations

import os
from pathlib import Path

GIBIBYTE = 1024**3
WEIGHTS_GIB = 3
"""Peak resident memory of the loaded engine without its cache, rounded up (measured 2.0 to 2.5 GiB)."""


def memory_bytes() -> int:
    """The physical memory of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def available_bytes() -> int:
    """Memory that can be had without swapping, as the kernel estimates it."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return memory_bytes()


def cache_gib() -> int:
    """GiB for what has been read: 2 where 6 GiB are free (about 130,000 tokens), else 1."""
    return 2 if available_bytes() >= 2 * WEIGHTS_GIB * GIBIBYTE else 1


def cpu_seconds(process: int) -> float:
    """Processor time that a process has used, all its threads together; 0 when it is gone (fields as in proc(5))."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
