"""The notices that go with the real rows of the sample."""

from pathlib import Path

NOTICE = """Real rows in this folder, and whose they are

prices.csv, corporate_actions.csv: prices, dividends and the split of AAPL, MSFT, BRK_A, ZEN, IBM and KO in 2014 come
from the test resources of quantopian/zipline, Apache License 2.0 (text in Apache-2.0.txt), Copyright Quantopian, Inc.
Changed here: dates moved by 613 weeks; days without a price carried; columns renamed and left out.

fx_rates.csv: euro foreign exchange reference rates, source: European Central Bank (ecb.europa.eu), free to use with the
source named. Unchanged but for the choice of days and currencies, and one faulty row (SEK) added on purpose.

complaints/cfpb.csv: Consumer Complaint Database of the Consumer Financial Protection Bureau, a work of the US
Government, in the public domain. Changed here: dates moved by 595 weeks; columns renamed and left out.

market_fail_balances.csv: fails-to-deliver data of the US Securities and Exchange Commission, a work of the US
Government, in the public domain. Changed here: dates moved by 265 weeks; six shares only; CUSIPs made ISINs.

All other rows are made up by this project and come under its own licence.
"""


def licences(source: Path) -> dict[str, str]:
    """Return the files of the LICENSES folder by name."""
    apache = (source / "prices_us" / "LICENSE").read_text(encoding="utf-8")
    return {"NOTICE.txt": NOTICE, "Apache-2.0.txt": apache}
