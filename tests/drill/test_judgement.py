"""Which alert is about which fault."""

from datetime import date

from bolib.drill.faults import Fault
from bolib.drill.judgement import beyond, judged
from bolib.drill.planting import Planted
from bolib.drill.replay import Alert, Replay

BEFORE, DAY = date(2026, 3, 30), date(2026, 3, 31)


def alert(control: str, key: str, names: str = "", message: str = "said", columns: str = "") -> Alert:
    return Alert(
        control,
        "anomalies",
        "MAJOR",
        key,
        message,
        frozenset({key, *key.split(), *names.split()}),
        frozenset(columns.split()),
    )


def planted(id: str, mark: str, near: str = "", day: date = DAY, **said) -> Planted:
    fault = Fault(**{"id": id, "title": id, "kind": "x", "table": "trades", "caught_by": ("C-1",), **said})
    return Planted(fault, day, mark, frozenset({mark}), frozenset(near.split()))


def heard(faults: list[Planted], *alerts: Alert, before: tuple[Alert, ...] = (), day: date = DAY):
    return judged(faults, [Replay(day, list(alerts))], {day: Replay(day, list(before))})


def test_an_alert_that_shows_the_name_of_a_fault_is_about_it():
    [one], strays = heard([planted("a", "T1")], alert("C-1", "T1"))
    assert (one.caught, one.as_expected, one.caught_by, one.caught_on, strays) == (True, True, ["C-1"], DAY, [])


def test_another_control_finds_it_too_but_is_not_the_one_asked():
    [one], _ = heard([planted("a", "T1")], alert("C-2", "T1 2026-03-31"))
    assert (one.caught, one.as_expected, one.caught_by) == (True, False, ["C-2"])


def test_the_control_asked_may_show_the_name_anywhere_another_only_in_its_key():
    assert heard([planted("a", "T1")], alert("C-1", "BOOK", names="T1"))[0][0].as_expected
    [one], strays = heard([planted("a", "T1")], alert("C-2", "BOOK", names="T1"))
    assert (one.caught, [found.control for found in one.near[DAY]], strays) == (False, ["C-2"], [])


def test_what_the_clean_copy_said_does_not_count_even_with_other_figures():
    said = alert("C-1", "T1", message="3 late")
    [one], strays = heard([planted("a", "T1")], alert("C-1", "T1", message="4 late"), before=(said,))
    assert (one.caught, strays) == (False, [])


def test_a_second_breach_under_a_known_key_counts():
    known = alert("C-1", "T1", message="one")
    assert beyond([known, alert("C-1", "T1", message="two")], [known]) == [alert("C-1", "T1", message="two")]


def test_of_two_faults_the_one_whose_control_it_is_takes_the_alert():
    mine, other = planted("a", "T1"), planted("b", "BOOK", caught_by=("C-9",))
    one, two = heard([mine, other], alert("C-1", "T1", names="BOOK"))[0]
    assert (one.caught, two.caught) == (True, False)


def test_an_alert_on_the_book_is_a_consequence_and_one_on_nothing_a_stray():
    [one], strays = heard([planted("a", "T1", near="BOOK")], alert("C-5", "BOOK"), alert("C-5", "ELSEWHERE"))
    assert (one.caught, [found.key for found in one.near[DAY]]) == (False, ["BOOK"])
    assert [(stray.alert.key, stray.decoy) for stray in strays] == [("ELSEWHERE", "")]


def test_an_alert_about_a_decoy_is_a_false_alarm():
    _, strays = heard([planted("d", "T1", decoy=True, caught_by=())], alert("C-1", "T1"))
    assert [stray.decoy for stray in strays] == ["d"]


def test_a_fault_is_not_found_on_a_day_before_it_happened():
    [one], strays = heard([planted("a", "T1")], alert("C-1", "T1"), day=BEFORE)
    assert (one.caught, strays) == (False, [])


def test_the_field_is_named_as_a_column_or_in_the_sentence():
    assert heard([planted("a", "T1", field="side")], alert("C-1", "T1", columns="side"))[0][0].field_named
    assert heard([planted("a", "T1", field="side")], alert("C-1", "T1", message="differs in side"))[0][0].field_named
    assert not heard([planted("a", "T1", field="side")], alert("C-1", "T1"))[0][0].field_named
