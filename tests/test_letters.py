"""Draft letters: what stands in them in both languages, what is escaped, and where they are written."""

import re
from datetime import date
from decimal import Decimal

import pytest
from jinja2 import UndefinedError

from bolib.deadlines.recovery.letters import TEMPLATES as OF_STEP
from bolib.deadlines.recovery.letters import drafts
from bolib.letters import LANGUAGES, Letter, render, write

UNPAID = [
    {"instalment_no": 5, "due_on": date(2026, 2, 1), "unpaid": Decimal("1471.21"), "unpaid_principal": Decimal("1400.00"),
     "unpaid_interest": Decimal("70.21"), "unpaid_fees": Decimal("1.00")},
]  # fmt: skip
FIELDS = {
    "loan_id": "LN1", "customer_id": "C1", "vulnerable": False, "rule": "D-32.notice", "why_fr": "Pratique de place", "why_en": "Practice of the market",
    "from_date": date(2026, 3, 18), "by_date": date(2026, 4, 2), "as_of": date(2026, 3, 31), "currency": "EUR",
    "outstanding": Decimal("17966.68"), "unpaid": UNPAID, "total": Decimal("1471.21"), "consumer": True, "retail": True,
    "terminated_percent": 8, "unpaid_percent": 8, "postponed_percent": 4, "home_percent": 7, "notice_days": 30,
    "notice_citation": "C. civ. 1225", "free_on": date(2026, 5, 1), "incident_on": date(2026, 3, 1),
    "regularise_days": 30, "regularise_by": date(2026, 4, 30), "declare_by": date(2026, 5, 7), "kept_years": 5,
}  # fmt: skip
TEMPLATES = ("reminder", "formal_notice", "ficp_notice")


def text(template, language, **changes):
    """Return a letter as one line of plain text."""
    html = render(Letter(template, "LN1", FIELDS | changes), language)
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html.replace("&nbsp;", " "), flags=re.DOTALL))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_letter_is_a_draft_for_a_person_and_gives_amounts_and_dates_as_its_language_does(template):
    french, english = (text(template, language) for language in LANGUAGES)
    assert "envoyer par une personne, qui seule décide" in french and "sent by a person, who alone decides" in english
    assert "1 471,21" in french and "1er février 2026" in french and "[Nom et prénom du client]" in french
    assert (
        "1,471.21" in english and "1 February 2026" in english and "[Customer's name]" in english.replace("&#39;", "'")
    )


def test_a_formal_notice_mentions_the_resolutory_clause_and_the_time_that_is_left():
    french, english = text("formal_notice", "fr"), text("formal_notice", "en")
    assert "clause résolutoire" in french and "article 1225 du code civil" in french and "30 jours" in french
    assert "déchéance du terme" in french and "17 966,68 EUR" in french and "8 % du capital" in french
    assert "ne peut être prononcée avant le 1er mai 2026" in french
    assert (
        "resolutory clause" in english
        and "within 30 days" in english
        and "cannot be terminated before 1 May 2026" in english
    )


def test_what_consumer_law_asks_stands_only_in_a_consumers_letter():
    assert "L. 312-36" in text("reminder", "fr") and "L. 312-36" not in text("reminder", "fr", consumer=False)
    home = text("formal_notice", "fr", consumer=False)
    assert "7 % du capital restant dû et des intérêts échus et non versés" in home and "L. 312-39" not in home
    assert "crédit immobilier" in home and "crédit immobilier" not in text("formal_notice", "fr")
    company = text("formal_notice", "fr", consumer=False, retail=False)
    assert "%" not in company and "crédit immobilier" not in company


def test_a_ficp_letter_gives_the_delay_and_says_what_follows():
    french = text("ficp_notice", "fr")
    assert "incident de paiement caractérisé" in french and "30 jours à compter de l'envoi" in french.replace(
        "&#39;", "'"
    )
    assert "Banque de France" in french and "au plus 5 ans" in french and "au plus tard le 7 mai 2026" in french


def test_a_vulnerable_customer_is_pointed_out_to_the_sender_only():
    html = render(Letter("reminder", "LN1", FIELDS | {"vulnerable": True}), "fr")
    aside = re.search(r"<aside.*?</aside>", html, re.DOTALL)[0]
    assert "fragilité financière" in aside and html.count("fragilité financière") == 1
    assert "@media print{.draft{display:none}" in html


def test_values_are_escaped_and_a_missing_field_is_an_error():
    html = render(Letter("reminder", "LN1", FIELDS | {"customer_id": "<script>x</script>"}), "en")
    assert "<script>" not in html and "&lt;script&gt;" in html
    with pytest.raises(UndefinedError, match="customer_id"):
        render(Letter("formal_notice", "LN1", {k: v for k, v in FIELDS.items() if k != "customer_id"}), "fr")


def test_files_are_named_after_key_letter_and_language_and_stay_in_their_folder(tmp_path):
    letters = [Letter("reminder", key, FIELDS) for key in ("LN1", "../../LN1", "a/b", "a_b")]
    files = write(tmp_path / "letters", letters)
    names = [path.name for path in files]
    assert names[:2] == ["LN1-reminder.fr.html", "LN1-reminder.en.html"] and len(set(names)) == 8
    assert all(path.parent == tmp_path / "letters" and path.exists() for path in files)


def test_without_letters_there_is_no_folder(tmp_path):
    assert write(tmp_path / "letters", []) == [] and not (tmp_path / "letters").exists()


def test_the_sample_day_drafts_the_letters_that_are_lawful_and_no_others(sample_result):
    day = sample_result("deadlines").day
    work = [row for row in day.rows("recovery_work") if row["step"] in OF_STEP and row["from_date"] <= day.as_of]
    lawful = {f"{row['loan_id']}-{OF_STEP[row['step']].replace('_', '-')}" for row in work}
    assert {path.name.partition(".")[0] for path in (day.results.parent / "letters").iterdir()} == lawful != set()
    protected = {row["loan_id"] for row in day.rows("recovery_work") if row["stopped"]}
    assert protected and not any(letter.key in protected for letter in drafts(day))
    for letter in drafts(day):
        assert sum(row["unpaid"] for row in letter.fields["unpaid"]) == letter.fields["total"]
        assert letter.fields["regularise_by"] == date(2026, 4, 30)  # 30 days of 31 March, arrêté of 2010 article 5
