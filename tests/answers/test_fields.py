"""Tables and JSON are compared field by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macrohard.answers import Standing, Statement, check_sources
from macrohard.answers.sources import open_index, records_of

pytestmark = pytest.mark.usefixtures("home")

TABLE = "fruit,price,weight,colour\napple,1.20,150,red\npear,2.10,180,green\nplum,0.40,60,blue\n"
SHOP = json.dumps(
    {
        "shop": {"name": "Corner", "rating": 4.5, "seats": 20},
        "items": [{"fruit": "apple", "price": 1.2}, {"fruit": "pear", "price": 2.1}],
    }
)


def checked(folder: Path, claim: str, name: str, content: str) -> Statement:
    """What one source says of one sentence."""
    (folder / name).write_text(content)
    (statement,) = check_sources(claim, [str(folder / name)]).statements
    return statement


@pytest.mark.parametrize(
    ("claim", "words", "instead", "place"),
    [
        ("The price of a pear is 2.50.", "2.50", "2.10", "row 3, price"),
        ("An apple has a weight of 180 grams.", "180", "150", "row 2, weight"),
        ("The price of a pear is 1.20.", "1.20", "2.10", "row 3, price"),
        ("The colour of the pear is red.", "red", "green", "row 3, colour"),
    ],
)
def test_a_row_says_otherwise(tmp_path: Path, claim: str, words: str, instead: str, place: str) -> None:
    """Also where another row has just what is said of this one."""
    statement = checked(tmp_path, claim, "fruit.csv", TABLE)
    assert statement.verdict is Standing.CONTRADICTED
    (part,) = statement.parts
    ((mark,), (seen,)) = part.unsupported, part.evidence
    assert (claim[mark.start : mark.end], mark.instead) == (words, instead)
    assert seen.kind == "excerpt" and seen.place == place and seen.quotation.endswith(instead)


@pytest.mark.parametrize(
    "claim",
    [
        "The price of a pear is 2.10.",
        "The weight of the plum is 60.",
        "The colour of the pear is green.",
        "An apple has price 1.20 and weight 150.",
    ],
)
def test_a_row_says_it(tmp_path: Path, claim: str) -> None:
    assert checked(tmp_path, claim, "fruit.csv", TABLE).verdict is Standing.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "The price of a fruit is 9.90.",
        "The price of a cherry is 9.90.",
        "A pear and an apple have a price of 9.90.",
        "A pear has 5 seeds.",
        "The price of a pear was $2.50 in 2019, against a weight of 3.",
    ],
)
def test_where_it_is_not_plain_nothing_is_claimed(tmp_path: Path, claim: str) -> None:
    assert checked(tmp_path, claim, "fruit.csv", TABLE).verdict in {Standing.PARTLY, Standing.NOT_IN_SOURCES}


STOCK = "fruit,price,stock\napple,1.50,12\npear,2.10,5\n"
HOTELS = json.dumps(
    [
        {"name": "Ritz", "pool": False, "rooms": 20, "stars": 4, "city": "Paris"},
        {"name": "Astoria", "pool": True, "rooms": 55, "stars": 3, "city": "Lyon"},
    ]
)
FIRMS = "company,founded,closed\nAcme,1990,2010\nGlobex,1950,1999\n"
SALES = "company,revenue 2019,revenue 2020\nAcme,5 million,7 million\nGlobex,3 million,4 million\n"
CITIES = "city,population,area\nLyon,500000,48\nNice,340000,72\n"


@pytest.mark.parametrize(
    ("name", "content", "claim"),
    [
        ("stock.csv", STOCK, "The price of a pear is 5."),
        ("hotels.json", HOTELS, "The Ritz has 4 rooms."),
        ("hotels.json", HOTELS, "The Ritz has four rooms."),
        ("firms.csv", FIRMS, "Acme was founded in 2010."),
        ("sales.csv", SALES, "The revenue of Acme in 2019 was 7 million."),
    ],
)
def test_a_figure_of_another_field_does_not_count(tmp_path: Path, name: str, content: str, claim: str) -> None:
    """It stands in the row, and the field that is named says otherwise."""
    assert checked(tmp_path, claim, name, content).verdict is Standing.CONTRADICTED


@pytest.mark.parametrize(
    ("name", "content", "claim"),
    [
        ("hotels.json", HOTELS, "The Ritz has 20 rooms and 4 stars."),
        ("hotels.json", HOTELS, "The Astoria has a pool."),
        ("firms.csv", FIRMS, "Acme was founded in 1990 and closed in 2010."),
        ("sales.csv", SALES, "The revenue of Acme in 2019 was 5 million."),
        (
            "years.csv",
            "company,year,revenue\nAcme,2019,5 million\n",
            "The revenue of Acme in the year 2019 was 5 million.",
        ),
        (
            "texts.csv",
            "title,abstract\nBees,A long story of 300 bees that lived in a garden near a town\n",
            "300 bees lived in a garden.",
        ),
    ],
)
def test_each_field_that_is_named_says_it(tmp_path: Path, name: str, content: str, claim: str) -> None:
    assert checked(tmp_path, claim, name, content).verdict is Standing.SUPPORTED


@pytest.mark.parametrize(
    ("name", "content", "claim"),
    [
        ("hotels.json", HOTELS, "The Ritz has a pool."),
        ("hotels.json", HOTELS, "The Ritz has 4 rooms and 20 stars."),
        ("firms.csv", FIRMS, "Acme was founded in 2010 and closed in 1990."),
        ("hotel.json", json.dumps({"name": "Ritz", "pool": "no", "rooms": 20}), "The Ritz does not have 20 rooms."),
        ("hotels.json", HOTELS, "The Ritz has up to 20 rooms."),
        ("stock.csv", STOCK, "The price of a pear is under 2.10."),
    ],
)
def test_all_words_in_a_row_are_no_support(tmp_path: Path, name: str, content: str, claim: str) -> None:
    assert checked(tmp_path, claim, name, content).verdict is Standing.PARTLY


@pytest.mark.parametrize(
    ("name", "content", "claim"),
    [
        ("stock.csv", STOCK, "The price of a pear is under 3."),
        ("stock.csv", STOCK, "The price of a pear is not 1.50."),
        ("stock.csv", STOCK, "The price of a pear isn't 1.50."),
        ("hotels.json", HOTELS, "The Ritz does not have 30 rooms."),
        ("hotels.json", HOTELS, "The Ritz has at least 15 rooms."),
        ("hotels.json", HOTELS, "The Ritz renovated 12 rooms."),
        ("hotels.json", HOTELS, "The Ritz has 4 rooms with a sauna."),
        ("hotels.json", HOTELS, "The city of the Ritz is not Lyon."),
        ("cities.csv", CITIES, "The population of Lyon is below 600000."),
        ("cities.csv", CITIES, "The population of Lyon grew by 3 percent."),
        ("cities.csv", CITIES, "The population of Lyon is 3 percent."),
        ("cities.csv", CITIES, "The population of Lyon was 450000 in 1990."),
        ("cities.csv", CITIES, "The population of Lyon will be 600000."),
        ("founded.csv", "company,founded\nAcme,1990\nGlobex,1950\n", "Acme was not founded in 2010."),
        ("founded.csv", "company,founded\nAcme,1990\nGlobex,1950\n", "Acme was founded before 2000."),
        ("fruits.csv", "fruit,prix\npomme,1.20\npoire,2.10\n", "Le prix de la poire est de moins de 3."),
    ],
)
def test_what_is_compared_denied_or_changes_is_left_open(tmp_path: Path, name: str, content: str, claim: str) -> None:
    assert checked(tmp_path, claim, name, content).verdict in {Standing.PARTLY, Standing.NOT_IN_SOURCES}


@pytest.mark.parametrize(
    ("claim", "place"),
    [("The population of Lyon is 600000.", "row 2, population"), ("The area of Nice is 70 km.", "row 3, area")],
)
def test_a_plain_figure_is_still_compared(tmp_path: Path, claim: str, place: str) -> None:
    statement = checked(tmp_path, claim, "cities.csv", CITIES)
    assert statement.verdict is Standing.CONTRADICTED
    assert [item.place for part in statement.parts for item in part.evidence if item.kind == "excerpt"] == [place]


@pytest.mark.parametrize(
    ("claim", "verdict", "place"),
    [
        ("In the items the price of a pear is 2.10.", Standing.SUPPORTED, "$.items[1].fruit"),
        ("In the items the price of a pear is 1.20.", Standing.CONTRADICTED, "$.items[1].price"),
        ("The shop Corner has a rating of 4.5.", Standing.SUPPORTED, "$.shop.name"),
        ("The shop Corner has a rating of 3.5.", Standing.CONTRADICTED, "$.shop.rating"),
    ],
)
def test_objects_of_json_are_records(tmp_path: Path, claim: str, verdict: Standing, place: str) -> None:
    statement = checked(tmp_path, claim, "shop.json", SHOP)
    assert statement.verdict is verdict
    assert [item.place for part in statement.parts for item in part.evidence if item.kind == "excerpt"] == [place]


def test_neighbouring_rows_do_not_help_each_other(tmp_path: Path) -> None:
    """Every word stands in the table, but not in one row."""
    assert checked(tmp_path, "The blue pear weight 60.", "fruit.csv", TABLE).verdict is not Standing.SUPPORTED


def test_every_value_stands_where_its_field_says(tmp_path: Path) -> None:
    for name, content in (("fruit.csv", TABLE), ("shop.json", SHOP)):
        (tmp_path / name).write_text(content)
        (document,) = open_index([str(tmp_path / name)]).documents
        found = [field for record in records_of(document) for field in record.fields]
        assert found and all(
            document.text[field.start : field.end] == f"{field.name}: {field.value}" for field in found
        )
    (tmp_path / "a.md").write_text("fruit: pear")
    (document,) = open_index([str(tmp_path / "a.md")]).documents
    assert records_of(document) == []
