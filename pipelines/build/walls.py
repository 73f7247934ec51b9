"""The walls of a cage that the kernel keeps, whatever code runs inside (Linux).

In: the folders that a process may write to. Out: a process that can write nowhere else (Landlock),
and can open no socket and start no program or process (seccomp); neither can be undone. Refuses:
nothing; a kernel without one of them is said to be (:func:`lacking`), and Python's own hooks in
``cage`` are then all there is.

Both are the kernel's own calls: no privilege is needed, and no library that would have to be
installed beside Python. Numbers are those of ``<linux/landlock.h>``, ``<linux/seccomp.h>`` and of
the system call tables of each architecture.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_GET_SECCOMP = 1, 38, 21
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, PATH_BENEATH = 1, 1

# Bits of rights to files, as Landlock numbers them.
EXECUTE, WRITE_FILE = 1 << 0, 1 << 1
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REGULAR = 1 << 4, 1 << 5, 1 << 7, 1 << 8
MAKE_SPECIAL = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12
# What later versions of Landlock added: moving between folders, cutting short, device controls.
REFER, TRUNCATE, CONTROL_DEVICE = (2, 1 << 13), (3, 1 << 14), (5, 1 << 15)
BIND_AND_CONNECT = (4, 1 << 0 | 1 << 1)
ABSTRACT_SOCKETS_AND_SIGNALS = (6, 1 << 0 | 1 << 1)
IN_A_FOLDER = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REGULAR

# System calls that no reader of documents needs: sockets, programs, other processes' memory,
# other views of the machine, and the ways around a filter.
REFUSED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "accept4": 288,
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "ptrace": 101,
        "process_vm_readv": 310, "process_vm_writev": 311, "mount": 165, "umount2": 166,
        "chroot": 161, "pivot_root": 155, "unshare": 272, "setns": 308, "open_by_handle_at": 304,
        "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425,
    },
    "aarch64": {
        "socket": 198, "connect": 203, "accept": 202, "bind": 200, "listen": 201, "accept4": 242,
        "execve": 221, "execveat": 281, "ptrace": 117,
        "process_vm_readv": 270, "process_vm_writev": 271, "mount": 40, "umount2": 39,
        "chroot": 51, "pivot_root": 41, "unshare": 97, "setns": 268, "open_by_handle_at": 265,
        "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "io_uring_setup": 425,
    },
}  # fmt: skip
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SET_SECCOMP = {"x86_64": 317, "aarch64": 277}
FILTER, ALL_THREADS = 1, 1
CLONE_THREAD = 0x00010000
# Numbers of the 32-bit calls that an x86-64 kernel may also take begin here.
OTHER_CALLS = 0x40000000
# Instructions of the filter: load a word, jump if equal, if greater or equal, if bits are set, end.
LOAD, EQUAL, AT_LEAST, HAS_BITS, END = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCH, FIRST_ARGUMENT = 0, 4, 16
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000


def die_with_parent(parent: int | None = None) -> None:
    """Have the kernel end this process as soon as the one that started it has ended (Linux).

    ``parent``: the process that started it, if that is known; it may have ended before this call.
    """
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if parent is not None and os.getppid() != parent:
            os._exit(1)


def build(folders: Sequence[Path]) -> None:
    """Close this process in for good: it writes below ``folders`` alone, and reaches nothing."""
    if sys.platform != "linux":
        return
    if _libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        _close_files(folders)
        _close_calls()


def lacking() -> list[str]:
    """What this machine's kernel does not keep, in words."""
    if sys.platform != "linux":
        return ["the kernel's walls are Linux's"]
    without = []
    if _landlock_version() < 1:
        without.append("Landlock, which keeps writing inside the data folder")
    has_filter = _libc().prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0
    if not has_filter or platform.machine() not in ARCHITECTURE:
        without.append("seccomp, which keeps the network and other programs out of reach")
    return without


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _landlock_version() -> int:
    return int(_libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def _close_files(folders: Sequence[Path]) -> None:
    """Landlock: nothing is written, made, removed or executed but files below ``folders``."""
    libc, version = _libc(), _landlock_version()
    if version < 1:
        return

    def since(right: tuple[int, int]) -> int:
        return right[1] if version >= right[0] else 0

    inside = IN_A_FOLDER | since(REFER) | since(TRUNCATE)
    every = inside | EXECUTE | MAKE_SPECIAL | since(CONTROL_DEVICE)
    attributes = struct.pack(
        "=QQQ", every, since(BIND_AND_CONNECT), since(ABSTRACT_SOCKETS_AND_SIGNALS)
    )
    known = 24 if version >= ABSTRACT_SOCKETS_AND_SIGNALS[0] else 16
    size = known if version >= BIND_AND_CONNECT[0] else 8
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        _fail("Landlock")
    writable: list[tuple[str | Path, int]] = [(folder, inside) for folder in folders]
    for path, rights in [*writable, (os.devnull, WRITE_FILE)]:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", rights, beneath)
        if libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0):
            _fail("Landlock")
        os.close(beneath)
    if libc.syscall(RESTRICT_SELF, ruleset, 0):
        _fail("Landlock")
    os.close(ruleset)


def _close_calls() -> None:
    """Seccomp: what is refused fails with EPERM, in this thread and every other."""
    machine = platform.machine()
    if machine not in ARCHITECTURE:
        return
    program = _filter(machine)
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    number = SET_SECCOMP[machine]
    refused = _libc().syscall(number, FILTER, ALL_THREADS, described)
    if refused and ctypes.get_errno() not in {errno.ENOSYS, errno.EINVAL}:
        _fail("seccomp")


def _filter(machine: str) -> bytes:
    """The filter's instructions: code, jump if true, jump if false, constant."""
    refuse = (END, 0, 0, FAIL | errno.EPERM)
    instructions = [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, ARCHITECTURE[machine]),
        (END, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, OTHER_CALLS),
        refuse,
        # Without clone3, whose flags a filter cannot see, the C library takes clone.
        (EQUAL, 0, 1, CLONE3),
        (END, 0, 0, FAIL | errno.ENOSYS),
    ]
    for number in REFUSED[machine].values():
        instructions += [(EQUAL, 0, 1, number), refuse]
    instructions += [
        (EQUAL, 0, 3, CLONE[machine]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (HAS_BITS, 1, 0, CLONE_THREAD),
        refuse,
        (END, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def _fail(what: str) -> None:
    number = ctypes.get_errno()
    raise OSError(number, f"{what}: {os.strerror(number)}")
