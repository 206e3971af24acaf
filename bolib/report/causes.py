"""Which findings are about one deal: the first to show it, and what followed."""

from collections import defaultdict

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result


def causes(result: Result) -> Display:
    """Return each deal of which several controls say something, those with the most first, and who showed it first."""
    deals: dict[str, list[dict]] = defaultdict(list)
    for row in sorted(numerals.records(result.tables["causes"]), key=lambda row: (row["object"], row["rank"])):
        deals[row["object"]].append(row)
    rows = [
        {
            "object": deal,
            "first": f"{said[0]['control']}: {said[0]['sentence']}",
            "others": ", ".join(f"{row['control']} {numerals.masked(row['key'])}" for row in said[1:]),
            "count": len(said),
        }
        for deal, said in deals.items()
    ]
    rows.sort(key=lambda row: (-row["count"], row["object"]))
    drawn = columns(
        *("object|Deal|key", "first|Shown first by|text", "others|And then by|reason", "count|In all|integer"),
    )
    caption = f"{numerals.count(len(rows), 'deal')} of which several controls say something"
    empty = "No two controls say something of the same deal."
    return table(rows, drawn, caption, "results/causes.csv", empty=empty)
