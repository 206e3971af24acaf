"""What the notebooks import, by themselves or through others: imported once, by the process their kernels are forks of.

Anywhere else this module does nothing.
"""

import atexit
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing import spawn

NAMES = (
    *("bolib.pnl", "bolib.deadlines", "bolib.anomalies", "bolib.report", "bolib.engine.duck", "bolib.portable"),
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell", "exchange_calendars", "holidays.financial"),
)


def _prepare() -> None:
    # Numpy and Arrow would start a thread each when they are imported.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
    sys.modules["debugpy"] = None  # nobody steps through a report, and each kernel would import it
    gc.disable()
    for name in NAMES:
        with suppress(Exception):  # told by the notebook that needs it
            import_module(name)
    gc.freeze()  # what is imported stays: kernels need not look through it for what can go
    gc.enable()
    # A process that multiprocessing starts first runs the caller's own script again, which would be the whole day.
    spawn._fixup_main_from_name = spawn._fixup_main_from_path = lambda _: None
    atexit.register(os._exit, 0)  # what was imported need not be taken apart


if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    _prepare()
