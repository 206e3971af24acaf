"""What the notebooks import, by themselves or through others: imported once, by the process their kernels are forks of.

Only that process imports this module.
"""

import atexit
import os
from contextlib import suppress
from importlib import import_module

# Numpy and Arrow would start a thread each when they are imported.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}

for name in (
    *("bolib.pnl", "bolib.deadlines", "bolib.anomalies", "bolib.report", "bolib.engine.duck"),
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell", "exchange_calendars", "holidays.financial"),
):
    with suppress(Exception):  # told by the notebook that needs it
        import_module(name)

atexit.register(os._exit, 0)  # what was imported need not be taken apart
