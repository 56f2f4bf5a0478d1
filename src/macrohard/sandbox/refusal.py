"""Why the walls cannot be put up on this machine, in one sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

from macrohard.errors import SandboxUnavailable

_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_DEBIAN_SWITCH = Path("/proc/sys/kernel/unprivileged_userns_clone")
_MAXIMUM = Path("/proc/sys/user/max_user_namespaces")
_IN_CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))


def explain(bwrap: Path, complaint: str) -> SandboxUnavailable:
    """The error for a bubblewrap that gave up with this complaint."""
    return SandboxUnavailable(f"The sandbox cannot put up its walls ({_short(complaint)}); {_advice(bwrap)}.")


def _short(complaint: str) -> str:
    lines = [line for line in complaint.splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else "bubblewrap ended without a word"


def _advice(bwrap: Path) -> str:
    if _value(_MAXIMUM) == "0":
        return "allow user namespaces with 'sudo sysctl -w user.max_user_namespaces=15000'"
    if _value(_DEBIAN_SWITCH) == "0":
        return "allow user namespaces with 'sudo sysctl -w kernel.unprivileged_userns_clone=1'"
    if _value(_APPARMOR) == "1":
        return (
            "AppArmor keeps user namespaces from ordinary programs here: allow them with "
            f"'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0' or by a profile with 'userns,' for {bwrap}"
        )
    if any(mark.exists() for mark in _IN_CONTAINER):
        return (
            "in a container, start it with '--security-opt seccomp=unconfined --security-opt systempaths=unconfined' "
            "(and 'apparmor=unconfined' where AppArmor is used), or run Macrohard outside of it"
        )
    return "use Linux 5.10 or later where this user may create user namespaces"


def _value(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except OSError:
        return None
