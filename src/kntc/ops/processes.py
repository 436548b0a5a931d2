"""Processes: whether one lives, whether it is the one meant, and under which account PostgreSQL runs."""

import os
import pwd
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from kntc.ops.errors import OpsProblem

# An account that every Debian has and that owns nothing.
UNPRIVILEGED = "nobody"
# Where root's own directories bar the way to the account: the right to walk through them, and no more.
WAYS_THROUGH = (("dac_read_search", 2), ("dac_override", 1))


def runs_postgres(pid: int, data: Path) -> bool:
    """Whether `pid` is the living server of this data directory: a zombie is dead, a namesake another's."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        arguments = process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return bool(arguments) and Path(arguments[0]).name == "postgres" and str(data) in arguments


def orphans(data: Path) -> list[psutil.Process]:
    """Server processes that work in this data directory: they outlive a killed server for a moment."""
    return [process for process in psutil.process_iter() if _works_in(process, data)]


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name() == "postgres" and process.cwd() == str(data)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def wait_until(done: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Ask again and again; False when the time has passed."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


def account_for(data: Path) -> pwd.struct_passwd | None:
    """The account to drop to from root, which PostgreSQL refuses: the data's owner, else a common one."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return pwd.getpwuid(owner)
    try:
        return pwd.getpwnam(UNPRIVILEGED)
    except KeyError as error:
        raise OpsProblem(
            f"PostgreSQL không chạy được bằng root, và máy này không có tài khoản {UNPRIVILEGED}. "
            "Hãy chạy bằng một tài khoản thường, hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL."
        ) from error


def as_account(account: pwd.struct_passwd | None, *paths: Path) -> list[str]:
    """The beginning of a command line that runs the rest as `account`, able to reach `paths`."""
    if account is None:
        return []
    command = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    if not all(_reachable(path, account) for path in paths):
        # PostgreSQL asks access(2) of its files, which ignores capabilities unless this bit says otherwise.
        way = _way_through()
        command += ["--securebits=+no_setuid_fixup", f"--inh-caps=-all,+{way}", f"--ambient-caps=-all,+{way}"]
    return [*command, "--"]


def _reachable(path: Path, account: pwd.struct_passwd) -> bool:
    return all(_may_pass(parent, account) for parent in path.resolve().parents)


def _may_pass(directory: Path, account: pwd.struct_passwd) -> bool:
    status = directory.stat()
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & 0o100)
    return bool(status.st_mode & (0o010 if status.st_gid == account.pw_gid else 0o001))


def _way_through() -> str:
    permitted = next((int(line.split()[1], 16) for line in _own_status() if line.startswith("CapPrm")), 0)
    for name, bit in WAYS_THROUGH:
        if permitted >> bit & 1:
            return name
    raise OpsProblem(
        f"Tài khoản {UNPRIVILEGED} (chạy PostgreSQL thay root) không đi qua được thư mục này. "
        "Hãy đặt dự án và KNTC_HOME ở nơi mọi tài khoản đi qua được, ví dụ /srv/kntc, "
        "hoặc chạy bằng tài khoản thường."
    )


def _own_status() -> Iterator[str]:
    return iter(Path("/proc/self/status").read_text().splitlines())
