"""Runs inside the sandbox: takes the text out of a PDF file or a web page.

Reads the bytes from standard input and the kind from its arguments, writes JSON: {"parts": [[place, text], ...]}, or
{"error": sentence}. The libraries stand in /packages. Nothing here is trusted by the host for more than being text.
"""

import io
import json
import logging
import sys
import typing

sys.path.insert(0, "/packages")


def main() -> None:
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        parts = {"pdf": pages, "html": page}[sys.argv[1]](data)
        told: dict[str, typing.Any] = {"parts": parts}
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the file, its reader says it
        told = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.buffer.write(json.dumps(told).encode())


def pages(data: bytes) -> list[tuple[str, str]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    return [(f"page {number}", page.extract_text()) for number, page in enumerate(reader.pages, 1)]


def page(data: bytes) -> list[tuple[str, str]]:
    import lxml.html  # type: ignore[import-untyped]
    from inscriptis.html_engine import Inscriptis  # type: ignore[import-untyped]

    if not data.strip():
        return []
    parser = lxml.html.HTMLParser(encoding=encoding_of(data), remove_comments=True, huge_tree=True)
    return [("", Inscriptis(lxml.html.document_fromstring(data, parser=parser)).get_text())]


def encoding_of(data: bytes) -> str | None:
    """UTF-8 where the bytes are that; else what the page itself says, which the parser looks for."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


if __name__ == "__main__":
    main()
