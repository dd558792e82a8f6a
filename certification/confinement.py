"""A process of ours shuts itself in: files are read in a few folders, and nothing else is reached.

By the kernel's own means, which ask for no rights and are never undone: Landlock for files
(Linux 5.13; docs.kernel.org/userspace-api/landlock.html) and a seccomp filter for calls
(docs.kernel.org/userspace-api/seccomp_filter.html).
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
# landlock(7): the same numbers on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _PATH_BENEATH, _VERSION = 444, 445, 446, 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
# All that a version of Landlock can forbid of files: execute, write, make, move, truncate, ioctl.
_ABILITIES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
# AUDIT_ARCH of a machine, and its numbers of what is refused: socket, socketpair, execve, execveat,
# ptrace, process_vm_readv, process_vm_writev, kill, io_uring_setup (which opens sockets, too)
_CALLS = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101, 310, 311, 62, 425)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117, 270, 271, 129, 425)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # the second with EPERM
_OTHER_ABI = 0x40000000  # x32: the same calls under other numbers

_libc = ctypes.CDLL(None, use_errno=True)


def shut_in(readable: Iterable[Path]) -> None:
    """From now on this process reads below `readable`, and opens and starts nothing else.

    What is open stays open. A kernel that lacks one of the two means goes without it, as
    `missing()` says. Raises OSError where the kernel has them and refuses.
    """
    _prctl(_NO_NEW_PRIVILEGES, 1)
    if _landlock_version() > 0:
        _limit_files(readable)
    if platform.machine() in _CALLS:
        _refuse_calls(*_CALLS[platform.machine()])


def missing() -> list[str]:
    """What this machine cannot do of it: for a warning at start-up."""
    lacks = {
        "Landlock (files)": _landlock_version() < 1,
        "seccomp (connections)": platform.machine() not in _CALLS,
    }
    return [name for name, is_missing in lacks.items() if is_missing]


def _landlock_version() -> int:
    return int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION))


def _limit_files(readable: Iterable[Path]) -> None:
    abilities = _ABILITIES.get(_landlock_version(), max(_ABILITIES.values()))
    handled = ctypes.c_uint64((1 << abilities) - 1)
    ruleset = _checked(_libc.syscall(_CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), 0))
    try:
        for path in readable:
            if path.exists():
                _allow_reading(ruleset, path)
        _checked(_libc.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, path: Path) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = ctypes.create_string_buffer(struct.pack("=Qi", _READ_FILE | _READ_FOLDER, folder))
        _checked(_libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
    finally:
        os.close(folder)


def _refuse_calls(architecture: int, numbers: tuple[int, ...]) -> None:
    """Jumps count from the next instruction; the last two are "allowed" and "refused"."""
    size = 4 + len(numbers)
    tests = [
        (_LOAD, 0, 0, 4),  # seccomp_data.arch
        (_EQUAL, 0, size - 1, architecture),
        (_LOAD, 0, 0, 0),  # seccomp_data.nr
        (_AT_LEAST, size - 3, 0, _OTHER_ABI),
        *((_EQUAL, size - 4 - i, 0, number) for i, number in enumerate(numbers)),
    ]
    program = [*tests, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *each) for each in program))
    about = struct.pack("@HP", len(program), ctypes.addressof(code))
    _prctl(_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(about))


def _prctl(option: int, *arguments: object) -> None:
    rest = [*arguments, 0, 0, 0, 0][:4]
    longs = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in rest]
    _checked(_libc.prctl(option, *longs))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
