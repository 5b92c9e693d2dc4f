"""What digits and letters are by their length, their check digits and their groups."""

from __future__ import annotations

import pytest

from carescore.redact import shapes
from carescore.redact.numbers import numbers
from carescore.redact.said import alone
from carescore.redact.things import Taken


def number(text: str):
    (found,) = numbers(alone(text), Taken())
    return found


@pytest.mark.parametrize(
    ("is_one", "right", "wrong"),
    [
        (
            shapes.is_card,
            ["4111111111111111", "378282246310005", "6011000990139424", "4222222222222"],
            ["4111111111111112", "411111111111111", "0000000000000000", "42424242424242424242", "18", ""],
        ),
        (
            shapes.is_iban,
            ["GB29NWBK60161331926819", "BE68539007547034"],
            ["GB28NWBK60161331926819", "GB29NWBK601613319268190", "GB29", "2918NWBK60161331926819"],
        ),
        (shapes.is_nino, ["QQ123456C"], ["QQ123456E", "QQ12345C", "Q123456C", "QQ123456CC", "XQQ123456C"]),
        (shapes.is_postcode, ["LS14AB", "L14AB", "SW1A1AA"], ["LS1AB", "L1", "LLS14AB", "LS14ABC"]),
        (
            shapes.is_ssn,
            [("987", "65", "4320")],
            [("987", "65", "432"), ("98", "765", "4320"), ("98a", "65", "4320"), ("987", "65")],
        ),
        (
            shapes.is_helpline,
            ["08004960000", "0800496", "03456789012"],
            ["0845", "08004", "01134960000", "07700900123"],
        ),
    ],
)
def test_what_it_is(is_one, right, wrong):
    assert [one for one in right if not is_one(one)] == []
    assert [one for one in wrong if is_one(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        *("07700 900123", "01632 960 001", "+44 7700 900982", "plus 353 29 104 477", "+1 415 5550"),
        *("(415) 555-0132", "1 415 555 0132", "0161 496 0321"),
    ],
)
def test_phone_numbers(text):
    assert shapes.is_phone(number(text))


@pytest.mark.parametrize(
    "text", ["0077 009 0012", "077009", "0770 0900 1234", "4155 550132", "415 5550 132", "2 415 55 0132"]
)
def test_no_phone_numbers(text):
    assert not shapes.is_phone(number(text))


@pytest.mark.parametrize("text", ["03/09/1988", "1990-12-05", "31/12/1980", "12/31/1980", "1/1/1999"])
def test_whole_dates(text):
    assert shapes.is_day(number(text))


@pytest.mark.parametrize(
    "text",
    ["32/12/1980", "31/13/1980", "13/13/80", "00/12/1980", "12/31/980", "12/1980", "1/2/3/80", "1 2 3"],
)
def test_no_dates(text):
    assert not shapes.is_day(number(text))


@pytest.mark.parametrize(
    ("digits", "expiry"),
    [
        ("0327", "3/27"),
        ("92027", "9/27"),
        ("127", "1/27"),
        ("1249", "12/49"),
        ("1018", "10/18"),
        ("122099", "12/99"),
        ("121999", "12/99"),
        ("1250", None),
        ("1327", None),
        ("0027", None),
        ("551", None),
        ("12", None),
        ("", None),
    ],
)
def test_month_and_year_of_a_card(digits, expiry):
    assert shapes.month_and_year(digits) == expiry


@pytest.mark.parametrize(
    ("digits", "own"),
    [
        ("447700900982", "07700900982"),
        ("4407700900982", "07700900982"),
        ("14155550132", "4155550132"),
        ("44770090098", "44770090098"),
        ("1415555013", "1415555013"),
        ("07700900982", "07700900982"),
    ],
)
def test_a_phone_number_without_its_country(digits, own):
    assert shapes.national(digits) == own


# The fewest and the most digits that each form may have, then the same where only its last are told.
@pytest.mark.parametrize(
    ("form", "fewest", "most", "fewest_of_ending"),
    [
        ("card", 4, 19, 3),
        ("cvv", 3, 4, 3),
        ("ssn", 4, 9, 3),
        ("iban", 6, 34, 3),
        ("phone", 5, 15, 3),
        ("account", 4, 34, 3),
        ("order", 3, 34, 3),
        ("code", 4, 10, 3),
        ("address", 5, 5, 5),
    ],
)
def test_how_many_digits_a_form_has(form, fewest, most, fewest_of_ending):
    def sizes(*, ending: bool) -> list[int]:
        return [n for n in range(1, 50) if shapes.fits(form, number("9" * n), ending=ending) is not None]

    assert (sizes(ending=False)[0], sizes(ending=False)[-1]) == (fewest, most)
    assert (sizes(ending=True)[0], sizes(ending=True)[-1]) == (
        fewest_of_ending,
        most if form != "account" else 49,
    )


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("expiry", "03/27", "3/27"),
        ("expiry", "3/99", None),
        ("ssn", "QQ 12 34 56 C", "QQ123456C"),
        ("ssn", "QQ 12 34", None),
        ("iban", "GB29", "GB29"),
        ("iban", "12345", None),
        ("phone", "0800 496 0000", None),
        ("phone", "+44 7700 900982", "07700900982"),
        ("birth_date", "14/03/1972", "14/3/72"),
        ("birth_date", "1972-03-14", "14/3/72"),
        ("birth_date", "one four oh three seven two", "14/3/72"),
        ("birth_date", "one four oh three one nine seven two", "14/3/72"),
        ("birth_date", "123456789", None),
        ("birth_date", "123", None),
        ("account", "14/03/1972", None),
        ("account", "1984", None),
        ("account", "AB-CD", None),
        ("order", "14/03/1972", None),
        ("order", "2019", None),
        ("order", "AB-1", "AB1"),
        ("address", "LS1 4AB", "LS14AB"),
        ("address", "4411", None),
        ("name", "4411", None),
    ],
)
def test_what_a_number_comes_to(form, text, value):
    found = list(numbers(alone(text), Taken()))
    values = [shapes.fits(form, one, ending=False) for one in found]
    assert values == ([value] if found else [])
    assert found or value is None
