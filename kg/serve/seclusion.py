"""A process without a network: the kernel refuses it every socket but those of its own machine's files.

A filter for system calls (seccomp, Linux 3.17 on), which needs no rights and cannot be taken off. It is the second
wall: queries that would ask another server are refused before they run.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

SOCKET = {"x86_64": 41, "aarch64": 198, "riscv64": 198}  # number of the system call, by machine
NO_NEW_PRIVILEGES, SET_SECCOMP, MODE_FILTER = 38, 22, 2  # <linux/prctl.h>, <linux/seccomp.h>
AF_UNIX = 1
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # <linux/bpf_common.h>
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
NUMBER, FIRST = 0, 16  # where the call's number and its first argument stand


def leave_network() -> bool:
    """Take the network away from this process and its threads to come; says whether it is gone."""
    call = SOCKET.get(platform.machine())
    if platform.system() != "Linux" or call is None:
        return False
    steps = ((LOAD, 0, 0, NUMBER), (EQUAL, 0, 3, call), (LOAD, 0, 0, FIRST), (EQUAL, 1, 0, AF_UNIX))
    code = b"".join(struct.pack("HBBI", *step) for step in (*steps, (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)))
    program = ctypes.create_string_buffer(code, len(code))
    filter_ = ctypes.create_string_buffer(struct.pack("HP", len(code) // 8, ctypes.addressof(program)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    none = ctypes.c_ulong(0)
    if control(NO_NEW_PRIVILEGES, ctypes.c_ulong(1), none, none, none) != 0:
        return False
    return bool(control(SET_SECCOMP, ctypes.c_ulong(MODE_FILTER), filter_, none, none) == 0)
