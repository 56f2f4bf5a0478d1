"""Sources: what is read of files of each kind, where in them it stands, and what becomes of bad ones."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from macrohard.answers.sources import Index, Media, Unread, open_index
from macrohard.errors import UserError

pytestmark = pytest.mark.usefixtures("home")

PDF = Path(__file__).with_name("two_pages.pdf")


def indexed(folder: Path, **files: str | bytes) -> Index:
    """An index of these files; `a_txt` is a.txt."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("_", ".", 1)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_index([str(folder)])


def places(index: Index, word: str) -> list[str]:
    """Where the sentences that hold a word stand."""
    found = []
    for hit in index.search([word], 10):
        text = hit.document.text
        found += [hit.document.place(start) for start, end in hit.passage.sentences if word in text[start:end]]
    return found


def test_a_quotation_is_a_span_of_the_text(tmp_path: Path) -> None:
    index = indexed(tmp_path / "s", a_md="# Bees\n\nA bee has five eyes. It can fly.\n\nWasps sting.\n")
    (hit,) = index.search(["eyes"], 10)
    spans = [hit.document.text[start:end] for start, end in hit.passage.sentences]
    assert spans == ["Bees", "A bee has five eyes.", "It can fly.", "Wasps sting."]
    assert hit.document.place(hit.document.text.index("Wasps")) == "line 5"
    assert hit.document.media is Media.MARKDOWN and hit.document.dated.endswith("+00:00")


def test_tables_say_row_and_column(tmp_path: Path) -> None:
    index = indexed(tmp_path / "s", prices_csv='fruit;price\napple;"1,20"\npear;2,10\n', t_tsv="a\tb\n1\ttwo words\n")
    (hit,) = index.search(["pear"], 10)
    start = hit.document.text.index("2,10")
    assert hit.document.place(start) == "row 3, price"
    assert "fruit: apple; price: 1,20\n" in hit.document.text
    assert places(index, "words") == ["row 2, a"]


def test_json_says_the_path(tmp_path: Path) -> None:
    value = {"items": [{"unitPrice": 3.5, "in stock": True}, {"unitPrice": None}], "name": "Shop"}
    (document,) = indexed(tmp_path / "s", shop_json=json.dumps(value)).documents
    assert document.text == "items unit Price: 3.5\nitems in stock: true\nitems unit Price: null\nname: Shop\n"
    assert [document.place(document.text.index(word)) for word in ("3.5", "true", "Shop")] == [
        "$.items[0].unitPrice", '$.items[0]["in stock"]', "$.name",
    ]  # fmt: skip


def test_prose_in_json_is_cut_into_sentences(tmp_path: Path) -> None:
    review = "The soup was cold and the bread was old. " * 3 + "The waiter was kind to us all evening long."
    (document,) = indexed(tmp_path / "s", r_json=json.dumps({"review": review})).documents
    index = open_index([str(tmp_path / "s")])
    (hit,) = index.search(["waiter"], 1)
    assert [document.text[start:end] for start, end in hit.passage.sentences][-1].startswith("The waiter")


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    index = indexed(tmp_path / "s", doc_pdf=PDF.read_bytes())
    assert places(index, "Colossus") == ["page 2"] and places(index, "bees") == ["page 1"]


def test_web_pages_keep_their_text_and_nothing_else(tmp_path: Path) -> None:
    page = "<html><head><title>T</title><script>alert('never')</script><style>p{}</style></head><body><h1>Bees</h1><p>A bee has "
    page += "five&nbsp;eyes.</p><!-- hidden --><p style='display:none'>gone</p><ul><li>one</li><li>two</li></ul></body></html>"
    (document,) = indexed(tmp_path / "s", p_html=page).documents
    assert document.text.split() == ["Bees", "A", "bee", "has", "five", "eyes.", "*", "one", "*", "two"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Élise a acheté une forêt à côté de chez elle, où les bûcherons étaient déjà passés l'été précédent.\n" * 3
    (document,) = indexed(tmp_path / "s", a_txt=text.encode(encoding)).documents
    assert document.text == text


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    folder, read = tmp_path / "s", list[str]()
    indexed(folder, a_txt="Apples are red.", b_txt="Bananas are yellow.")

    def reading(address: str, done: int, total: int) -> None:
        read.append(Path(address).name)

    open_index([str(folder)], progress=reading)
    assert read == []
    (folder / "a.txt").write_text("Apples are green now.")
    (folder / "b.txt").unlink()
    index = open_index([str(folder)], progress=reading)
    assert read == ["a.txt"] and places(index, "green") == ["line 1"]
    assert not index.search(["yellow"], 5) and not index.search(["red"], 5) and len(index.documents) == 1


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    indexed(tmp_path / "s", a_txt="Apples are red.")
    (place,) = (tmp_path / "home" / "cache" / "sources").glob("*.sqlite")
    for path in place.parent.iterdir():
        path.write_bytes(b"no database at all, but long enough to be looked at")
    assert places(open_index([str(tmp_path / "s")]), "red") == ["line 1"]


BAD: dict[str, tuple[str, bytes, str]] = {
    "an empty PDF": ("a.pdf", b"%PDF-1.4\n", "cannot be read"),
    "half a PDF": ("a.pdf", PDF.read_bytes()[:300], "cannot be read|no text"),
    "a PDF that is none": ("a.pdf", b"hello", "cannot be read"),
    "an office file": ("a.docx", b"PK\x03\x04" + b"\0" * 50, "save it as"),
    "a zip by another name": ("a.txt", b"PK\x03\x04" + b"\0" * 50, "save it as"),
    "no text": ("a.txt", bytes(range(256)) * 20, "not text"),
    "broken JSON": ("a.json", b'{"a": ', "no JSON"),
    "deep JSON": ("a.json", b"[" * 100_000, "nested too deeply"),
    "an empty page": ("a.html", b"<html><body></body></html>", "no text in it"),
    "a broken table": ("a.csv", b'a,b\n"1,2\n', "no table"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    file, data, told = BAD[name]
    folder = tmp_path / "s"
    folder.mkdir()
    (folder / file).write_bytes(data)
    index = indexed(folder, good_md="Apples are red.")
    (unread,) = index.unread
    assert len(index.documents) == 1 and unread.address.endswith(file)
    assert any(part in unread.reason for part in told.split("|")), unread.reason
    assert unread.reason.endswith((".", "text.")) and "\n" not in unread.reason


def test_nothing_to_read_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Nothing could be read .* not text"):
        indexed(tmp_path / "s", a_txt=bytes(range(256)) * 20)
    with pytest.raises(UserError, match="is not there"):
        open_index([str(tmp_path / "nowhere")])


def test_links_hidden_files_and_pipes_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    (tmp_path / "secret.txt").write_text("the secret word")
    index = indexed(folder, a_txt="Apples are red.")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".hidden.txt").write_text("the secret word")
    os.mkfifo(folder / "pipe.txt")
    index = open_index([str(folder)])
    assert [item.reason for item in index.unread] == ["It is no file."] and not index.search(["secret"], 5)


def test_a_file_whose_name_is_not_in_utf8_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder / "b") + b"ad\xff.txt")).write_text("Bees are yellow.")
    index = indexed(folder, a_txt="Apples are red.")
    assert [document.address for document in index.documents] == [str(folder / "a.txt"), rf"{folder}/bad\xff.txt"]
    assert places(index, "yellow") == ["line 1"] and not index.unread


def test_two_files_are_not_taken_for_one(tmp_path: Path) -> None:
    """The name of one is what is shown of the other, whose name is not in UTF-8."""
    index = indexed(tmp_path / "s", **{r"bad\xff.txt": "Apples are red.", "bad\udcff.txt": "Bees are yellow."})
    assert len(index.documents) == 1 and [item.reason[-10:] for item in index.unread] == ["rename it."]


def test_a_folder_that_is_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may look into every folder, so that the system is told to refuse it."""
    folder, scandir = tmp_path / "s", os.scandir
    (folder / "closed").mkdir(parents=True)

    def refuse(path: str) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (unread,) = indexed(folder, a_txt="Apples are red.").unread
    assert unread == Unread(str(folder / "closed"), "It cannot be read (Permission denied).")
    with pytest.raises(UserError, match=r"closed: It cannot be read \(Permission denied\)"):
        open_index([str(folder / "closed")])


def test_a_large_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    index = indexed(folder, a_txt="Apples are red.")
    assert [item.reason for item in index.unread] == ["It is larger than 32 MiB."]


def test_a_query_is_words_and_no_language(tmp_path: Path) -> None:
    index = indexed(tmp_path / "s", a_txt="Apples are red.")
    assert not index.search(['" OR 1=1 --', "NEAR(", "*"], 5)
    assert len(index.search(["apple"], 5)) == 1
