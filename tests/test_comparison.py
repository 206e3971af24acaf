"""Any two files: the same rows whatever the dialect, every row in one class, neither order nor side decides."""

import json
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.cli import status
from bolib.comparison import asked, compared
from bolib.comparison.files import shown, whole, write
from bolib.engine import open_engine
from bolib.errors import BolibError

FRENCH = """id;montant;valeur;nom;currency
1;1 234,50;31/03/2026;Dupont;EUR
2;10,00;30/03/2026;Durand;EUR
3;5,00;31/03/2026;Petit;EUR
3;5,00;31/03/2026;Petit;EUR
4;7,00;31/03/2026;Zoé;EUR
;8,00;31/03/2026;Blanc;EUR
6;8,00;31/03/2026;Blanc;USD
7;1;2
8;-3,00;31/03/2026;Noir;EUR
9;12,50;31/03/2026;Frais;EUR
"""
ENGLISH = """ref,amount,value_date,name,currency
1,1234.50,2026-03-31,Dupont,EUR
2,10.01,2026-03-30,Durand,EUR
3,5.00,2026-03-31,Petit,EUR
5,7.00,2026-03-31,Roux,EUR
6,8.00,2026-03-31,Blanc,EUR
8,3.00,2026-03-31,Noir,EUR
9,0.00,2026-04-01,Frais,EUR
"""
ASKED = ("id=ref", "montant=amount,valeur=value_date,nom=name", ("montant=0.01:rounding",))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text(FRENCH, encoding="cp1252")
    (tmp_path / "b.csv").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def judged(left, right, on, compare, tolerances=(), out=None, **rest):
    """Return what two files have in common, and what is written of it."""
    engine = open_engine("duckdb")
    with tempfile.TemporaryDirectory() as scratch:
        outcome = compared(asked(left, right, on, compare, tolerances, **rest), Path(scratch), engine)
        if out:
            with whole(out) as place:
                write(outcome, place, engine)
        rows = shown(outcome, engine, 400)
    engine.close()
    return outcome, rows


def counted(outcome):
    return {(row["side"][0], row["class"]): row["rows"] for row in outcome.tallies if row["currency"] in ("EUR", None)}


def test_each_row_of_two_dialects_is_in_the_class_a_person_would_say(folder):
    outcome, _ = judged(folder / "a.csv", folder / "b.csv", *ASKED, out=folder / "out")
    breaks = pq.read_table(folder / "out/breaks.parquet").to_pylist()
    assert {(row["side"], row["key"]): row["class"] for row in breaks} == {
        ("LEFT", "3 #2"): "DUPLICATE",
        ("LEFT", "4"): "MISSING_THEIRS",
        ("RIGHT", "5"): "MISSING_OURS",
        ("LEFT", "line 7"): "MISSING_THEIRS",  # it has no key
        ("LEFT", "6"): "REFERENCE_DATA",  # the currency, which nobody named, is compared all the same
        ("RIGHT", "6"): "REFERENCE_DATA",
        ("LEFT", "8"): "SIGN",
        ("RIGHT", "8"): "SIGN",
        ("LEFT", "9"): "MULTI",
        ("RIGHT", "9"): "MULTI",
        ("LEFT", "line 9"): "UNREADABLE",
    }
    [accepted] = outcome.accepted
    assert (accepted["reason"], accepted["rows"], accepted["total"]) == ("rounding", 1, Decimal("0.01"))
    assert outcome.matched == 3 and outcome.proven
    assert outcome.totals["LEFT"] == {"rows": 10, "amount": Decimal("1287.00")}  # by hand
    assert outcome.totals["RIGHT"] == {"rows": 7, "amount": Decimal("1267.51")}
    twin = (folder / "out/breaks.csv").read_text().splitlines()
    assert len(twin) == 1 + len(breaks) and twin[0].startswith("reconciliation,key,side,class,amount")


@pytest.mark.parametrize(
    ("on", "compare"),
    [("ref", "montant=amount"), ("ref", "montant=amount,Devise=CCY"), ("ref,Devise=CCY", "montant=amount")],
    ids=["unasked", "compared", "a key"],
)
def test_amounts_of_two_currencies_are_never_summed_together_whatever_their_column_is_called(tmp_path, on, compare):
    (tmp_path / "a.csv").write_text("ref;montant;Devise\n1;10,00;EUR\n2;20,00;USD\n3;5,00;EUR\n")
    (tmp_path / "b.csv").write_text("ref,amount,CCY\n1,10.00,EUR\n2,20.00,USD\n")
    outcome, _ = judged(tmp_path / "a.csv", tmp_path / "b.csv", on, compare)
    found = {(row["side"][0], row["class"], row["currency"]): row["amount"] for row in outcome.tallies}
    assert found == {
        ("L", "MATCHED", "EUR"): Decimal("10.00"), ("R", "MATCHED", "EUR"): Decimal("10.00"),
        ("L", "MATCHED", "USD"): Decimal("20.00"), ("R", "MATCHED", "USD"): Decimal("20.00"),
        ("L", "MISSING_THEIRS", "EUR"): Decimal("5.00"),
    }  # fmt: skip
    assert outcome.proven


def test_one_word_among_numbers_is_named_and_an_option_may_be_repeated(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("id,day,amount\n1,2026-03-31,10\n2,2026-03-31,n/a\n")
    (tmp_path / "b.csv").write_text("id,day,amount\n1,2026-03-31,10.00\n2,2026-03-31,7\n")
    question = ["match", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--on", "id", "--on", "day", "--compare", "day"]
    assert status([*question, "--compare", "amount"]) == 3
    printed = capsys.readouterr().out
    assert "Compared as text: amount, as 'n/a' in line 3 of a.csv is among numbers." in printed and "1 pair matches" in printed
    assert status(question) == 0 and "Compared as text" not in capsys.readouterr().out


def test_matches_name_both_rows_and_the_difference_accepted(folder):
    judged(folder / "a.csv", folder / "b.csv", *ASKED, out=folder / "out")
    rows = pq.read_table(folder / "out/matches.parquet").to_pylist()
    assert {(row["side"], row["key"], row["residual"], row["reason"]) for row in rows} == {
        ("LEFT", "1", Decimal("0.00"), None), ("RIGHT", "1", Decimal("0.00"), None),
        ("LEFT", "2", Decimal("0.00"), "rounding"), ("RIGHT", "2", Decimal("0.01"), "rounding"),
        ("LEFT", "3 #1", Decimal("0.00"), None), ("RIGHT", "3 #1", Decimal("0.00"), None),
    }  # fmt: skip
    assert len({row["match_id"] for row in rows}) == 3


def test_the_command_says_it_in_a_few_lines_and_leaves_with_the_status_of_the_contract(folder, capsys):
    question = ["match", str(folder / "a.csv"), str(folder / "b.csv"), "--on", "id=ref"]
    compare = ["--compare", "montant=amount,valeur=value_date,nom=name", "--out", str(folder / "out")]
    assert status([*question, *compare]) == 3
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == (
        "a.csv and b.csv differ: 8 of 10 rows of a.csv and 5 of 7 rows of b.csv have no equal; 2 pairs match."
    )
    assert printed[-2].strip() == (
        "Proof: 10 rows and 7 rows read, each in one class, and so is the sum of montant = amount."
    )
    page = (folder / "out/match.html").read_text()
    assert "<script src=" not in page and "Petit" not in page and "stands more than once" in page
    same = ["match", str(folder / "b.csv"), str(folder / "b.csv"), "--on", "ref", "--compare", "amount", "--json"]
    assert status(same) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["matched"], told["breaks"], told["proven"]) == (7, 0, True)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["no.csv", "b.csv", "--on", "ref"], "no.csv: expected a file, found none. Correct the name."),
        (["b.csv", "a.csv", "--on", "ref=nr"], "a.csv: expected a column nr, found id, montant, valeur, nom, currency."),
        (["b.csv", "a.csv", "--on", "ref=id", "--compare", "amount=nom"],
         "a.csv, column nom: expected numbers as in {folder}/b.csv, found 'Dupont' in line 2."),
        (["b.csv", "a.csv", "--on", "ref=id", "--compare", "amount=valeur"],
         "a.csv, column valeur: expected numbers as in {folder}/b.csv, found '31/03/2026' in line 2."),
        (["b.csv", "a.csv", "--on", "ref=id", "--tolerance", "amount=x"], "--tolerance: expected COLUMN=LIMIT"),
        (["b.csv", "a.csv", "--on", "ref=id", "--tolerance", "name=1", "--compare", "name=nom"],
         "--tolerance: expected numbers in column name = nom, found an amount on texts."),
        (["b.csv", "empty.csv", "--on", "ref"], "empty.csv: expected a header and rows, found an empty file."),
    ],
)  # fmt: skip
def test_every_error_is_one_line_that_names_the_place(folder, capsys, monkeypatch, arguments, line):
    (folder / "empty.csv").write_text("")
    paths = [str(folder / name) for name in arguments[:2]]
    assert status(["match", *paths, *arguments[2:]]) in (1, 2)
    [told] = capsys.readouterr().err.splitlines()
    assert line.format(folder=folder) in told


def test_a_number_that_can_be_read_two_ways_is_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("id;x\n1;1,234\n2;5,678\n")
    (tmp_path / "b.csv").write_text("id,x\n1,1234\n2,5678\n")
    with pytest.raises(BolibError, match="numbers written in one way"):
        judged(tmp_path / "a.csv", tmp_path / "b.csv", "id", "x")
    outcome, _ = judged(tmp_path / "a.csv", tmp_path / "b.csv", "id", "x", decimal=".")
    assert outcome.matched == 2
    outcome, _ = judged(tmp_path / "a.csv", tmp_path / "b.csv", "id", "x", decimal=",")
    assert counted(outcome)["L", "AMOUNT"] == 2


def test_excel_json_lines_parquet_and_text_of_the_same_rows_agree(tmp_path):
    book = openpyxl.Workbook()
    rows = [("007", 12.5, "2026-03-31", "x"), ("008", -3, "2026-04-01", None)]
    for row in [("id", "x", "day", "word"), *rows]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.jsonl").write_text("".join(
        json.dumps(dict(zip(("id", "x", "day", "word"), row, strict=True))) + "\n" for row in rows))  # fmt: skip
    (tmp_path / "c.txt").write_text("id\tx\tday\tword\n007\t12,50\t31.03.2026\tx\n008\t-3,00\t01.04.2026\t\n")
    pq.write_table(pa.table({
        "id": ["007", "008"], "x": pa.array([12.5, -3.0]), "day": pa.array([20543, 20544], pa.int32()).cast(pa.date32()),
        "word": ["x", None]}), tmp_path / "d.parquet")  # fmt: skip
    files = [tmp_path / name for name in ("a.xlsx", "b.jsonl", "c.txt", "d.parquet")]
    for left in files:
        for right in files:
            outcome, _ = judged(left, right, "id", "x,day,word")
            assert (outcome.matched, outcome.broken) == (2, 0), (left.name, right.name)


def test_binary_fractions_are_compared_as_the_decimals_they_stand_for(tmp_path):
    """0.1 + 0.2 is no 0.3 in binary; what pandas writes for missing (NaN) is missing."""
    pq.write_table(pa.table({"id": ["a", "b", "c"], "x": [0.1 + 0.2, float("nan"), 1e9]}), tmp_path / "a.parquet")
    (tmp_path / "b.csv").write_text("id,x\na,0.3\nb,\nc,1000000000.01\n")
    outcome, rows = judged(tmp_path / "a.parquet", tmp_path / "b.csv", "id", "x")
    assert outcome.matched == 2
    [row] = rows["different"]
    assert (row["key"], Decimal(row["difference"])) == ("c", Decimal("0.01"))
    pq.write_table(pa.table({"id": ["a"], "x": [float("inf")]}), tmp_path / "endless.parquet")
    with pytest.raises(BolibError, match="expected numbers, found one without end"):
        judged(tmp_path / "endless.parquet", tmp_path / "b.csv", "id", "x")


def test_a_leading_zero_and_an_odd_value_are_what_they_are(tmp_path):
    (tmp_path / "a.csv").write_text("id,x\n007,1.0\n7,n/a\n8,2\n")
    (tmp_path / "b.csv").write_text("id,x\n007,1\n7,n/a\n8,2.00\n9,3\n")
    outcome, _ = judged(tmp_path / "a.csv", tmp_path / "b.csv", "id", "x")
    assert (outcome.matched, counted(outcome).get(("R", "MISSING_OURS"))) == (3, 1)


def test_files_without_rows_are_no_silent_success(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("id,x\n")
    assert status(["match", str(tmp_path / "a.csv"), str(tmp_path / "a.csv"), "--on", "id", "--compare", "x"]) == 0
    assert "hold no row: nothing was compared" in capsys.readouterr().out


def test_bank_statements_meet_by_their_references(project):
    folder = project.parent / "shared/data/mt940"
    files = sorted(folder.rglob("*.sta"))
    if not files:
        pytest.skip("../shared/data/mt940 is absent")
    outcome, _ = judged(files[0], files[0], "statement_no,line_no", "amount,currency,value_date")
    assert outcome.matched > 0 and outcome.broken == 0 and outcome.proven


VALUES = st.tuples(st.sampled_from(["a", "b", "c", "d", ""]), st.sampled_from(["1.00", "2.00", "2.01", "-2.00", ""]),
                   st.sampled_from(["x", "y"]))  # fmt: skip
SIDES = st.lists(VALUES, max_size=8)


def by_hand(left, right):
    """Return the number of equal rows: of each key, copies equal in everything, then one left over on each side."""
    matched = 0
    for key in {row[0] for row in left + right} - {""}:
        mine, other = (Counter(row for row in rows if row[0] == key) for rows in (left, right))
        matched += sum((mine & other).values())
        rest = [list((one - both).elements()) for one, both in ((mine, mine & other), (other, mine & other))]
        if [len(one) for one in rest] == [1, 1]:
            (_, a, text), (_, b, word) = rest[0][0], rest[1][0]
            near = a and b and abs(Decimal(a) - Decimal(b)) <= Decimal("0.01")
            matched += bool(near and text == word)
    return matched


def written(folder, name, rows):
    path = Path(folder) / f"{name}.csv"
    path.write_text("id,amount,word\n" + "".join(",".join(row) + "\n" for row in rows))
    return path


@given(SIDES, SIDES, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_order_and_side_change_nothing_and_every_row_is_in_one_class(left, right, chance):
    if not left or not right:
        return
    with tempfile.TemporaryDirectory() as folder:
        files = written(folder, "l", left), written(folder, "r", right)
        outcome, _ = judged(*files, "id", "amount,word", ("amount=0.01",))
        assert outcome.proven and outcome.matched == by_hand(left, right)
        for rows, name in ((left, "l2"), (right, "r2")):
            written(folder, name, chance.sample(rows, len(rows)))
        shuffled, _ = judged(Path(folder) / "l2.csv", Path(folder) / "r2.csv", "id", "amount,word", ("amount=0.01",))
        assert shuffled.tallies == outcome.tallies
        swapped, _ = judged(*reversed(files), "id", "amount,word", ("amount=0.01",))
        names = {"MISSING_OURS": "MISSING_THEIRS", "MISSING_THEIRS": "MISSING_OURS"}
        mirrored = Counter({(side.translate({76: "R", 82: "L"}), names.get(name, name)): rows
                            for (side, name), rows in counted(swapped).items()})  # fmt: skip
        assert mirrored == Counter(counted(outcome))
        more = written(folder, "more", [*right, ("stranger", "9.00", "z")])
        grown = counted(judged(files[0], more, "id", "amount,word", ("amount=0.01",))[0])
        assert {name: rows for name, rows in grown.items() if name[0] == "L"} == {
            name: rows for name, rows in counted(outcome).items() if name[0] == "L"
        }


def test_a_column_without_any_value_takes_the_tolerance_given(tmp_path):
    files = written(tmp_path, "l", [("a", "", "x")]), written(tmp_path, "r", [("a", "", "x")])
    assert judged(*files, "id", "amount,word", ("amount=0.01",))[0].matched == 1
    assert judged(*files, "id", "amount,word", ("amount=2d",))[0].matched == 1


def test_what_fails_half_way_leaves_the_earlier_comparison_whole_and_nothing_else(folder):
    out = folder / "out"
    judged(folder / "a.csv", folder / "b.csv", *ASKED, out=out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(OSError, match="full"), whole(out) as place:
        (place / "breaks.csv").write_text("half")
        raise OSError("full")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    with whole(out) as place:
        (place / "breaks.csv").write_text("new")
    assert [path.name for path in out.iterdir()] == ["breaks.csv"]  # none of the results before stays beside it
