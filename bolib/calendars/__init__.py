"""The business calendars as tables; due dates together with their arithmetic.

A calendar table holds every date, open or not, with the running number of open days, so that a
join never loses a row and business days between two dates are a subtraction. Outside the range
a calendar really knows it stops: a date is never guessed.

>>> from datetime import date
>>> due_date(date(2027, 4, 30), Delay(10, "business_days", "OUVRABLE"))
(datetime.date(2027, 5, 15), '10 jours ouvrables from 30 Apr 2027, 1, 6 and 8 May excluded → 15 May 2027')
"""

from bolib.calendars.delays import ROLLS, STARTS, UNITS, Delay, Ends, countable, due_date, due_dates, months_after
from bolib.calendars.known import BANK_CALENDARS, CALENDARS, find_calendar
from bolib.calendars.opening import calendar
from bolib.calendars.words import described

__all__ = [
    "BANK_CALENDARS", "CALENDARS", "ROLLS", "STARTS", "UNITS", "Delay", "Ends", "calendar", "countable", "described",
    "due_date", "due_dates", "find_calendar", "months_after",
]  # fmt: skip
