"""How far up the ladder a clock is: worked out by hand on the calendar of spring 2026."""

from drawn_day import drawn_day

from bolib.deadlines import produce


def test_a_fail_is_on_the_step_its_age_has_reached():
    # Settlement days of T2S after 24 March: 25, 26, 27, 30, 31 March are 1 to 5; 6 to 10 end on 7 April (Easter counts)
    day = drawn_day("deadlines", "2026-03-31", settlements="""
        instruction_id | intended_settlement_date | settled_on | status | place
        five days late | 2026-03-24               |            | PENF   | SICVFRPP
        due today      | 2026-03-31               |            | MACH   | SICVFRPP
        coming         | 2026-04-02               |            | MACH   | SICVFRPP
        settled late   | 2026-03-24               | 2026-03-30 | SETT   | SICVFRPP
    """)  # fmt: skip
    produce(day)
    placed = {row["key"]: (row["step"], row["next_step"], str(row["next_step_from"])) for row in day.rows("deadlines")
              if row["rule"] == "A-50"}  # fmt: skip
    assert placed == {
        "five days late": (
            "4 of 8: risk (own funds start)", "5 of 8: head of operations (partial, borrow or close out)", "2026-04-07"
        ),
        "due today": ("1 of 8: counterparty (chase)", "2 of 8: owner", "2026-04-01"),
        "coming": (None, "1 of 8: counterparty (chase)", "2026-04-02"),
        "settled late": (None, None, "None"),
    }  # fmt: skip
