"""Kernels that begin at once: forks of a process that has already imported what the notebooks need.

That process is multiprocessing's fork server. It computes nothing and has one thread, without which a fork would
not be whole. Its kernels end with the process that asked for them, and it ends after the last of them.
"""

import os
import signal
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing import forkserver, get_context, parent_process

FORKS = sys.platform == "linux"
"""Elsewhere what the system's own libraries do in threads makes a fork unsafe."""

CONTEXT = get_context("forkserver") if FORKS else None


def warm_up() -> None:
    """Start the process, which imports for a second while this one does other things; once is enough.

    Where it cannot be started, nothing happens: kernels then start from nothing.
    """
    with suppress(OSError):
        _started()


def _started() -> None:
    if not FORKS:
        raise OSError(f"kernels are not forked on {sys.platform}")
    CONTEXT.set_forkserver_preload(["bolib.warm.imports"])
    forkserver.ensure_running()


class Fork:
    """A kernel that was forked, with the words of `subprocess.Popen`; it leads a process group of its own."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: dict[str, str]):
        """Start a kernel in `folder` with the arguments of `ipykernel_launcher`; raise where none can be forked."""
        _started()
        self._process = CONTEXT.Process(target=_be_kernel, args=(arguments, folder, environment))
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return None while the kernel lives, then how it ended."""
        return self._process.exitcode

    def wait(self) -> int:
        """Wait for the kernel's end; return how it ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it started; to one that has ended, nothing."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        """End the kernel, and what it started, at once."""
        self.send_signal(signal.SIGKILL)
        self._process.kill()  # which may not lead its group yet


def _be_kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be a kernel, as if this process had started as one."""
    from ipykernel.kernelapp import launch_new_instance

    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    tempfile.tempdir = None  # the environment names another
    sys.argv = ["ipykernel_launcher", *arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]
    launch_new_instance()


def _end_with_parent() -> None:
    parent_process().join()
    os._exit(1)
