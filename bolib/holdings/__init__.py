"""Holdings: what custodians state, what deals make of it, and in which units; views that several reports read.

`stated_holdings` is what a custodian says had settled, `book_moves` what deals move in each book, `deliveries` what
they call for and how far it settled. A book in several custody accounts tells nothing of any one of them.
"""

from collections import Counter

import pyarrow as pa

from bolib.day import Day


def add_accounts(day: Day) -> None:
    """Add `book_accounts`: each custody account of which no book is held elsewhere too, with its books."""
    shared = shared_accounts(day)
    kept = sorted(pair for pair in account_pairs(day) if pair[0] not in shared)
    columns = {"account": [account for account, _ in kept], "book": [book for _, book in kept]}
    day.engine.add("book_accounts", pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))


def account_pairs(day: Day) -> list[tuple[str, str]]:
    """Return account and book, as `account_books` links them."""
    return [(row["account"], book.strip()) for row in day.rows("account_books") for book in row["book"].split("+")]


def shared_accounts(day: Day) -> set[str]:
    """Return the accounts of which a book is held elsewhere too."""
    pairs = account_pairs(day)
    homes = Counter(book for _, book in pairs)
    return {account for account, book in pairs if homes[book] > 1}
