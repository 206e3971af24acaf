"""The kernel a report runs in: this very Python, warm, on socket files of its own, that never waits for ever."""

import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import monotonic

from jupyter_client import AsyncKernelManager
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from traitlets import Type

from bolib.warm import Fork

LAUNCHER = (sys.executable, "-m", "ipykernel_launcher")
WAKE = 0.5  # seconds
OUTPUT_WAIT = 60  # seconds a finished cell may take to hand over its last output


class WakingChannel(AsyncZMQSocketChannel):
    """A channel that looks again every half second: a wake-up lost by ZeroMQ would otherwise hang the run."""

    async def get_msg(self, timeout: float | None = None) -> dict:
        """Return the next message, or raise Empty after `timeout` seconds (None: wait until there is one)."""
        end = None if timeout is None else monotonic() + timeout
        while True:
            try:
                return await super().get_msg(WAKE if end is None else max(0, min(WAKE, end - monotonic())))
            except Empty:
                if end is not None and monotonic() >= end:
                    raise


class WakingClient(AsyncKernelClient):
    """The kernel's client on such channels."""

    shell_channel_class = Type(WakingChannel)
    iopub_channel_class = Type(WakingChannel)

    async def wait_for_ready(self, timeout: float) -> None:
        """Wait until the kernel answers, and is heard on the channel of its outputs; raise where it never does.

        The client this one is made from then listens for a fifth of a second to what nbclient would pass over.
        """
        end = monotonic() + timeout
        while monotonic() < end:
            self.kernel_info()
            with suppress(Empty):
                answer = await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)
                self._handle_kernel_info_reply(answer)
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
        raise RuntimeError(f"the kernel did not answer within {timeout:.0f} seconds")


class ForkingProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a warm Python, and ends it as any other process."""

    async def launch_kernel(self, cmd, **settings):
        """Start the kernel of the command `cmd`; where none can be forked, it starts from nothing."""
        try:
            self.process = Fork(cmd[len(LAUNCHER) :], settings["cwd"], settings["env"])
        except (OSError, EOFError):
            return await super().launch_kernel(cmd, **settings)
        self.pid = self.pgid = self.process.pid
        return self.connection_info


class ReportKernel(AsyncKernelManager):
    """A kernel of the running Python over socket files: no port is opened, no other kernel can be met.

    It must be the asynchronous manager: with the other, dead kernels and timeouts go unseen.
    """

    client_factory = Type(WakingClient)
    transport = "ipc"

    def __init__(self, **settings):
        # Under /tmp, because a socket's path may not exceed 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="bolib-", dir="/tmp"))
        super().__init__(connection_file=str(self.folder / "kernel.json"), **settings)
        self.provisioner = ForkingProvisioner(parent=self, kernel_spec=self.kernel_spec)

    @property
    def kernel_spec(self) -> KernelSpec:
        """Return the command of the kernel, whatever kernels the machine has registered under this name."""
        command = [*LAUNCHER, "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="bolib", language="python", interrupt_mode="signal")

    def cleanup_connection_file(self) -> None:
        """Remove the connection file with its folder."""
        super().cleanup_connection_file()
        shutil.rmtree(self.folder, ignore_errors=True)


class ReportClient(PapermillNotebookClient):
    """Papermill's client, whose cells wait for the day's data to be loaded."""

    def __init__(self, manager, attempt, **settings):
        super().__init__(manager, **settings)
        self.attempt = attempt

    def papermill_execute_cells(self) -> None:
        """Run the cells in order once the data is there; the kernel has started meanwhile."""
        self.attempt.started(self.km)
        self.attempt.data_ready()
        super().papermill_execute_cells()


class ReportEngine(Engine):
    """Papermill's engine `bolib`: keeps the notebook as far as it ran, whatever stops it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, attempt=None, **_ignored):
        """Execute the notebook of `attempt` within its limits."""
        attempt.notebook = nb_man.nb
        client = ReportClient(
            nb_man,
            attempt,
            kernel_name=kernel_name,
            kernel_manager_class=ReportKernel,
            shutdown_kernel="immediate",
            timeout_func=attempt.seconds_left,
            iopub_timeout=OUTPUT_WAIT,
            resources={"metadata": {"path": str(attempt.folder)}},
            on_cell_executed=attempt.cell_done,
        )
        return client.execute(env=attempt.environment)


papermill_engines.register("bolib", ReportEngine)
