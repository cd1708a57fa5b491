"""Reading 120 pages of Word and 40 of PDF, against parsers that hand out their bare content."""

import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from textwrap import fill

import pypdfium2
from lxml import etree
from PIL import Image

from consult.importing import read
from tests.alignment.vocabulary import own
from tests.bench.timing import compare
from tests.importing.printed_files import BOLD, Sheet, printed_file
from tests.importing.word_files import HEADINGS, listed, number, p, packed, pattern, word_file

WORDS = own()
ROUNDS = 5
WORD_PAGES, PRINTED_PAGES, PICTURES = 120, 40, 12
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="{n}" name="P" descr="Picture {n}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic><pic:blipFill><a:blip r:embed="image{n}"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def measure(folder: Path) -> Iterator[str]:
    """Yield a line for the time and one for the memory of each format."""
    for name, data, bare in (
        ("120 pages of Word", word_draft(), _parse),
        ("40 pages of PDF", printed_draft(), _extract),
    ):
        file = folder / f"draft.{'docx' if bare is _parse else 'pdf'}"
        file.write_bytes(data)
        found = compare(partial(_timed, read, data, file.name), partial(_timed, bare, data), ROUNDS)
        yield (
            f"reading {name}: {1 / found.ratio:.1f} times what a bare parser takes"
            f" ({found.ours:.2f} s, bare {found.theirs:.2f} s)"
        )
        # A process of its own: the system keeps the peak of all children together.
        said = subprocess.run(
            [sys.executable, "-m", __name__, str(file)], check=True, capture_output=True, text=True
        )
        yield f"    {said.stdout.strip()}"


def word_draft() -> bytes:
    """Return a Word file with headings, numbered clauses, tables, notes and photographs."""
    random = Random(11)
    body, notes = [p("A plan for the town", "Title")], []
    for page in range(WORD_PAGES):
        body.append(p(_said(random, 5), "berschrift1"))
        body.extend(p(_said(random, 85), extra=listed(1, level % 3)) for level in range(4))
        body.append(
            f"<w:p><w:r><w:t>{_said(random, 60)}</w:t></w:r>"
            f'<w:r><w:footnoteReference w:id="{page + 2}"/></w:r></w:p>'
        )
        notes.append(f'<w:footnote w:id="{page + 2}">{p(_said(random, 25))}</w:footnote>')
        if page % 4 == 0:
            row = "<w:tr>" + 4 * "<w:tc>{}</w:tc>" + "</w:tr>"
            cells = (p(_said(random, 8)) for _cell in range(40))
            body.append(f"<w:tbl>{(10 * row).format(*cells)}</w:tbl>")
        if page % (WORD_PAGES // PICTURES) == 0:
            body.append(DRAWING.format(n=page))
    numbering = pattern(1, "decimal|%1.", "decimal|%1.%2", "lowerLetter|(%3)") + number(1, 1)
    plain = word_file("".join(body), styles=HEADINGS, numbering=numbering, footnotes="".join(notes))
    return _illustrated(plain, random)


def _illustrated(data: bytes, random: Random) -> bytes:
    """Put the photographs into a Word file whose text has their places."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relations = ""
    for page in range(0, WORD_PAGES, WORD_PAGES // PICTURES):
        image = Image.effect_noise((1600, 1200), random.uniform(20, 60)).convert("RGB")
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=60)
        files[f"word/media/{page}.jpeg"] = stream.getvalue()
        relations += (
            f'<Relationship Id="image{page}" Target="media/{page}.jpeg" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/image"/>'
        )
    place = "word/_rels/document.xml.rels"
    known = files[place]
    assert isinstance(known, bytes)
    files[place] = known.replace(b"</Rel", relations.encode() + b"</Rel", 1)
    return packed(files)


def printed_draft() -> bytes:
    """Return a PDF with running heads, page numbers, headings, clauses and ruled tables."""
    random = Random(13)
    sheets = []
    for page in range(PRINTED_PAGES):
        sheet = Sheet().text(72, 810, "A plan for the town", 9).text(290, 30, str(page + 1), 9)
        sheet.text(72, 770, f"{page + 1} {_said(random, 4)}".rstrip("."), 16, BOLD)
        y = 740.0
        for clause in range(5):
            text = fill(f"{page + 1}.{clause + 1} {_said(random, 90)}", 80)
            sheet.lines(72, y, text)
            y -= 14 * len(text.splitlines()) + 12
        for _row in range(4):
            for column in range(3):
                x = 72 + column * 150
                sheet.text(x + 4, y - 14, _said(random, 3))
                for line in ((x, y), (x + 150, y)):
                    sheet.rule(*line, line[0], y - 20)
                sheet.rule(x, y, x + 150, y).rule(x, y - 20, x + 150, y - 20)
            y -= 20
        sheets.append(sheet)
    return printed_file(sheets)


def _said(random: Random, length: int) -> str:
    return " ".join(random.choices(list(WORDS), list(WORDS.values()), k=length)).capitalize() + "."


def _parse(data: bytes) -> None:
    """Parse all XML of a Word file, and make no draft of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if not name.endswith(".jpeg"):
                etree.fromstring(content)
            else:
                Image.open(io.BytesIO(content)).load()


def _extract(data: bytes) -> None:
    """Take the text out of a PDF, and make no draft of it."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()


def _timed(act: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - start


def main(file: Path) -> None:
    """Read a file as an import does, and print what its process took of the memory."""
    draft = read(file.read_bytes(), file.name)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(
        f"{len(draft.blocks)} paragraphs and {len(draft.images)} pictures;"
        f" at most {peak:.0f} MB of memory"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
