"""What no rule foresaw, as drawn: counts around the pair, the strip of amounts, series with their band, what is folded."""

from types import SimpleNamespace

from report_unusual import ALERTS, DAY, unusual

from bolib import report


def result(text=ALERTS):
    """Return a result with these alerts, and what their pictures are drawn from."""
    return SimpleNamespace(tables=unusual(text), day=SimpleNamespace(parameters={"unusual_days": 5}, as_of=DAY))


def test_the_first_in_rank_comes_first_and_the_others_are_counted_and_folded():
    html = str(report.alerts(result()).html())
    assert html.index("alert-a2") < html.index("alert-a1") < html.index("alert-a3")
    assert "alert-a4" not in html
    assert "3 alerts of the last 5 business days; 1 grouped, 1 accepted" in html
    assert "Grouped under an earlier alert or a control&#39;s finding: 1" in html
    assert "COH-01 T1" in html


def test_values_are_escaped_and_card_numbers_masked():
    html = str(report.alerts(result()).html())
    assert "said &lt;b&gt;once&lt;/b&gt;" in html
    assert "<i>" not in html
    assert "4970101234567890" not in html


def test_the_counts_around_a_pair_mark_its_own_place_and_shade_the_rest():
    html = str(report.alerts(result()).html())
    assert '<td class="number level0 marked">0</td>' in html
    assert '<td class="number level5">1,200</td>' in html
    assert '<td class="number level1">3</td>' in html


def test_an_amount_stands_beside_its_kind_and_what_would_not_be_told():
    drawn_figure = report.unusual_amounts(result())
    band, usual, odd = drawn_figure.data
    assert (band["x"], usual["x"], odd["x"]) == ([50.0, 200.0], [100.0], [5000.0])
    assert odd["customdata"] == ["5,000.00 on 31 Mar 2026"]


def test_a_price_has_its_past_its_limit_and_its_odd_day():
    drawn_figure = report.unusual_series(result())
    low, high, line, odd = drawn_figure.data
    assert (low["y"], high["y"]) == ([95.0], [105.0])
    assert (line["y"], odd["y"]) == ([100.0, 110.0], [110.0])
    assert "S0: left its market" in str(drawn_figure.layout["annotations"])


def test_a_day_without_alerts_says_so():
    none = ALERTS.strip().splitlines()[0]
    empty = result(none)
    assert "Nothing of the last 5 business days is unlike" in str(report.alerts(empty).html())
    assert "No amount of the last days is far" in str(report.unusual_amounts(empty).html())
    assert "no result or instalment parted from what is expected of it" in str(report.unusual_series(empty).html())
