"""Moments in UTC and on the clocks of a place, through summer time."""

from datetime import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars.known import Days

Moments = np.ndarray
"""Moments as datetime64[us], in UTC unless said otherwise."""


def on_the_spot(moments: Moments, time_zone: str) -> Moments:
    """Return what the clocks of a time zone show at each moment."""
    utc = pa.array(moments.astype("datetime64[us]")).cast(pa.timestamp("us", "UTC"))
    return _plain(pc.local_timestamp(utc.cast(pa.timestamp("us", time_zone))))


def to_utc(days: Days, at: time | None, time_zone: str | None) -> Moments:
    """Return the moment of each day at which the clocks of a time zone show `at`; NaT without an hour.

    An hour that comes twice, in autumn, is the first one; one that never comes, in spring, the moment of the jump.
    """
    if at is None:
        return np.full(len(days), "NaT", "datetime64[us]")
    local = pa.array(days.astype("datetime64[us]") + np.timedelta64(at.hour * 60 + at.minute, "m"))
    zoned = pc.assume_timezone(local, time_zone, ambiguous="earliest", nonexistent="latest")
    return _plain(zoned.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us")))


def _plain(moments: pa.Array) -> Moments:
    return moments.to_numpy(zero_copy_only=False).astype("datetime64[us]")
