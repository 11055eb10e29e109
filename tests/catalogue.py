"""The catalogues of translations: `python -m tests.catalogue` brings them up to date.

It takes every marked text out of the code, keeps the translations that there are, puts new texts in
without one, drops those that are gone, and compiles what came of it. What the files to take home
say is written out beside them, for the library knows no catalogue.
"""

import json
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mnistcore.exported.texts import PAGE, REPORT, TRANSLATED
from ui.language import CATALOGUES, DOMAIN, FOLDER
from ui.library_words import library_words

ROOT = Path(__file__).parent.parent
FOLDERS = ("mnistcore", "pages", "ui")
SAID_IN_ENGLISH = ("mnistcore/commands/",)  # on the command line
# The names that mark a text, and which of their arguments it is.
KEYWORDS = {
    "_": None,
    "N_": None,
    "n_": (1, 2),
    "p_": ((1, "c"), 2),
    "InvalidInputError": None,
    "Sentence": None,
    # of pasted code: its line, then the sentence
    **dict.fromkeys(("CannotReadError", "SpentError", "RaisedError"), (2,)),
    **dict.fromkeys(("refusal", "unknown", "note"), (2,)),
}
WIDTH = 100


def po_file(locale: str) -> Path:
    """Return where a catalogue lies."""
    return FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(locale: str) -> Catalog:
    """Return a catalogue as it is kept."""
    with po_file(locale).open("rb") as file:
        return read_po(file, locale=locale, domain=DOMAIN)


def marked() -> Catalog:
    """Return every text that the code marks."""
    template = Catalog(domain=DOMAIN)
    for file, message, comments, context in _marked():
        template.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    for text in library_words():
        template.add(text, locations=[("ui/library_words.py", 0)])
    return template


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def taken_home(language: str) -> str:
    """Return what the files to take home say in a language, as the library reads it."""
    said = GNUTranslations(BytesIO(compiled(read(CATALOGUES[language]))))
    texts = sorted({*PAGE.values(), *REPORT.values()})
    content = {text: said.gettext(text) for text in texts}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def update(locale: str) -> None:
    """Bring a catalogue up to date with the code, and compile it."""
    catalogue = read(locale)
    catalogue.msgid_bugs_address, catalogue.last_translator = "", ""
    catalogue.update(marked(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path = po_file(locale)
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(read(locale)))


def _marked() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    for folder in FOLDERS:
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for file, _, message, comments, context in found:
            place = f"{folder}/{file}"
            if not place.startswith(SAID_IN_ENGLISH):
                yield place, message, comments, context


if __name__ == "__main__":
    for locale in CATALOGUES.values():
        update(locale)
    for language, path in TRANSLATED.items():
        path.write_text(taken_home(language), "utf-8")
