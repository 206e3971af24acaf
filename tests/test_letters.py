"""Letters: what each says is what the tables say, in both languages, escaped, and only where the law allows it."""

import datetime
from decimal import Decimal
from html import unescape

import pytest

from bolib.day import open_day
from bolib.deadlines import produce
from bolib.deadlines.recovery.drafts import drafts
from bolib.letters import LANGUAGES, TEMPLATES, drafted, write_letters

D = datetime.date
OWED = {
    "loan_id": "LN1", "customer_id": "C<script>1", "as_of": D(2026, 3, 31), "until": D(2026, 4, 30), "currency": "EUR",
    "amount": Decimal("1520.36"), "overdue_since": D(2026, 1, 1), "rule_fr": "Règle.", "rule_en": "Rule.",
    "citation": "C. civ. 1225",
    "instalments": [{"due_on": D(2026, 1, 1), "unpaid": Decimal("1000.00")}, {"due_on": D(2026, 2, 1), "unpaid": Decimal("520.36")}],
}  # fmt: skip


@pytest.mark.parametrize("step", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_what_is_owed_since_when_and_until_when(step, language):
    text = unescape(drafted(OWED | {"step": step}, language))
    dates = {"fr": ("1er janvier 2026", "30 avril 2026"), "en": ("1 January 2026", "30 April 2026")}[language]
    amounts = {"fr": ("1\u202f520,36", "520,36"), "en": ("1,520.36", "520.36")}[language]
    for words in (*dates, *amounts, "LN1", "C. civ. 1225"):
        assert words in text, words
    assert "<script>" not in drafted(OWED | {"step": step}, language)


def test_a_formal_notice_mentions_the_resolutory_clause():
    assert "clause résolutoire" in unescape(drafted(OWED | {"step": "FORMAL_NOTICE"}, "fr"))
    assert "resolutory clause" in drafted(OWED | {"step": "FORMAL_NOTICE"}, "en")


def test_every_letter_says_it_is_a_draft_for_a_person_to_send(tmp_path):
    assert write_letters(tmp_path / "letters", [OWED | {"step": "FICP_NOTICE"}]) == ["LN1-FICP_NOTICE"]
    found = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "letters").iterdir()}
    assert set(found) == {"LN1-FICP_NOTICE.fr.html", "LN1-FICP_NOTICE.en.html"}
    assert "rien n" in found["LN1-FICP_NOTICE.fr.html"] and "nothing was sent" in found["LN1-FICP_NOTICE.en.html"]


def test_the_sample_day_drafts_a_letter_for_each_lawful_step_that_is_one(sample, tmp_path):
    day = open_day("deadlines", "2026-03-31", str(sample), results=str(tmp_path / "results"))
    produce(day)
    lawful = {f"{row['loan_id']}-{row['step']}" for row in day.rows("recovery_work")
              if row["step"] in TEMPLATES and row["from_date"] <= day.as_of and not row["stopped"]}  # fmt: skip
    written = {path.name.partition(".")[0] for path in (tmp_path / "letters").iterdir()}
    assert written == lawful != set()
    for letter in drafts(day):
        assert sum(row["unpaid"] for row in letter["instalments"]) == letter["amount"]
        if letter["step"] in ("FORMAL_NOTICE", "FICP_NOTICE"):
            assert letter["until"] == D(2026, 4, 30)  # 30 days, by article 5 of the arrêté and by case law
