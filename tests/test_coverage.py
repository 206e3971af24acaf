"""Which rules are watched: on a small book beside a bank's own control, and on the book the project ships."""

from datetime import date
from pathlib import Path

from bolib.control import REPORTS, catalogue
from bolib.coverage import register, watchers
from bolib.rulebook import Rule, Rulebook, load_rulebook

PARAMETERS = Path(__file__).parent.parent / "parameters"
BOOK = load_rulebook(PARAMETERS / "rulebook")
WATCHED = watchers(BOOK, PARAMETERS)


def rule(name, first=date(2020, 1, 1), last=None, **rest):
    return Rule(name, "own", "A rule.", "Une règle.", "Somewhere", "MM", "MAJOR", first, last, **rest)


def test_a_control_watches_the_rule_of_its_header_and_a_select_the_rules_it_names(tmp_path):
    folder = tmp_path / "controls" / "pnl"
    folder.mkdir(parents=True)
    head = "/*\nid: X-1\ntitle: x\nrule: R-1\nseverity: MAJOR\nkey: book\nmessage: x\n*/\n"
    folder.joinpath("mine.sql").write_text(head + "select 'R-2.first' as rule, 'R-9' as r from books", encoding="utf-8")
    book = Rulebook({name: (rule(name),) for name in ("R-1", "R-2.first", "R-2.last", "R-3")})
    assert watchers(book, tmp_path) == {"R-1": ["X-1"], "R-2.first": ["X-1"], "R-2.last": [], "R-3": []}
    folder.joinpath("mine.sql").write_text(head + "select 'R-2' as rule from books", encoding="utf-8")
    assert watchers(book, tmp_path)["R-2.last"] == ["X-1"]


def test_a_successor_and_a_limit_are_watched_through_the_rule_they_follow(tmp_path):
    folder = tmp_path / "controls" / "deadlines"
    folder.mkdir(parents=True)
    head = "/*\nid: X-1\ntitle: x\nrule: R-1\nseverity: MAJOR\nkey: book\nmessage: x\n*/\n"
    folder.joinpath("mine.sql").write_text(head + "select book from books", encoding="utf-8")
    old = rule("R-1", last=date(2025, 12, 31), followed_by="R-2")
    limit = rule("R-2.own", stricter_than="R-2")
    book = Rulebook({"R-1": (old,), "R-2": (rule("R-2", date(2026, 1, 1)),), "R-2.own": (limit,)})
    assert set(map(tuple, watchers(book, tmp_path).values())) == {("X-1",)}


def test_every_control_of_the_project_watches_its_rule():
    for report in REPORTS:
        for item in catalogue(report, PARAMETERS):
            assert item.id in WATCHED[item.rule]


def test_the_clocks_of_the_project_watch_the_rules_they_name():
    assert "deadlines/complaints/complaints" in WATCHED["F-02.final"]
    assert "deadlines/settlement/rule_tables" in WATCHED["A-02"]  # through A-01, whose venues are handed to SQL
    assert WATCHED["E2.cb.response"] == ["deadlines/cards"]  # as every rule with a scheme and a stage
    assert WATCHED["CAL-02"] == []


def test_what_nothing_watches_of_clients_says_which_facts_are_lacking():
    subjects = {"credit", "complaints", "estates", "cards"}
    latest = [BOOK.rules(name)[-1] for name in BOOK.ids]
    lacking = {rule.id for rule in latest if rule.subject in subjects and rule.lacking}
    assert lacking == {rule.id for rule in latest if rule.subject in subjects and not WATCHED[rule.id]}


def test_the_register_holds_every_version_and_says_which_is_in_force():
    rows = register(BOOK, PARAMETERS, date(2026, 3, 31)).to_pylist()
    assert len(rows) == sum(len(BOOK.rules(name)) for name in BOOK.ids)
    found = [(row["valid_from"], row["in_force"]) for row in rows if row["rule"] == "F-01.ack"]
    assert found == [(date(2016, 11, 14), False), (date(2022, 12, 31), False), (date(2024, 7, 2), True)]
    [answer] = [row for row in rows if row["rule"] == "F-02.answer"]
    assert answer["ends"] == "15 PSP business days from the event"
    assert (answer["verified"], answer["trigger"]) == (True, "received_on")
    assert "COMPL-03" in answer["watched_by"]
