"""The sample day: real prices, rates and complaints moved in time, and made-up operations around them.

Everything is deterministic: random numbers come from generators seeded with the name of their subject,
so that a change in one subject leaves the others as they were.
"""
