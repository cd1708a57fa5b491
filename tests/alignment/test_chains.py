"""Successive versions of real policies; the folder is no part of the project."""

import os
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from consult.alignment import FateKind, Part, align
from consult.alignment.redline import redline
from consult.alignment.summary import bundles
from consult.importing.formats import read_here
from consult.text.folding import fold_typography

CORPUS = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus")).resolve() / "drafts"
ORDER = ("v0.1.0", "v0.2.0", "v0.2.1", "v1.0.0-rc1", "v1.0-final")


def _chain(pattern: str) -> list[Path]:
    return sorted(path for path in CORPUS.glob(pattern) if not path.name.startswith("LICEN"))


CHAINS = [
    _chain("us-source-code-policy/*.md"),
    [CORPUS / f"nz-nzgoal-se/{name}.md" for name in ORDER],
    _chain("debian-constitution/*.txt"),
    _chain("us-https-only/*.md"),
    _chain("us-18f-open-source-policy/*.md"),
]
STEPS = [step for chain in CHAINS for step in pairwise(chain)]
DRAFTS = [path for chain in CHAINS for path in chain]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}; see CONSULT_CORPUS"),
]


@lru_cache(maxsize=64)
def parts(path: Path) -> list[Part]:
    draft = read_here(path.read_bytes(), path.name)
    return [Part(block.kind, block.level, block.label, block.text) for block in draft.blocks]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_draft_against_itself_is_unchanged(path: Path) -> None:
    fates = align(parts(path), parts(path))
    assert [(fate.old, fate.new) for fate in fates] == [(n, n) for n in range(len(fates))]
    assert {(fate.kind, fate.doubtful) for fate in fates} == {(FateKind.UNCHANGED, False)}


@pytest.mark.parametrize(("old", "new"), STEPS, ids=lambda path: path.name)
def test_every_paragraph_of_a_real_draft_has_a_fate_and_a_redline(old: Path, new: Path) -> None:
    before, after = parts(old), parts(new)
    fates = align(before, after)
    assert {fate.old for fate in fates} - {None} == set(range(len(before)))
    assert {fate.new for fate in fates} - {None} == set(range(len(after)))
    for bundle in bundles(fates):
        gone = " ".join(before[place].text for place in bundle.olds)
        come = " ".join(after[place].text for place in bundle.news)
        changes = redline(gone, come)
        assert "".join(text for kind, text in changes if kind != "deleted") == come
        kept = "".join(text for kind, text in changes if kind != "inserted")
        assert fold_typography(kept).split() == fold_typography(gone).split()


@pytest.mark.parametrize(
    ("chain", "step", "kind", "beginning"),
    [
        # Looked through row by row; each is one that was once got wrong or is hard to get right.
        (0, 1, "merged", "In some cases, agencies may have difficulty establishing"),
        (0, 1, "moved", "Department of Defense Chief Information Officer. Clarifying"),
        (1, 0, "edited", "Difficult legal questions can arise"),
        (1, 1, "moved", "A diverging code fork occurs"),
        (1, 3, "merged", "Adapted documentation"),
        (1, 3, "split", "Comment on assignment versus licensing"),
        (2, 0, "edited", "A.6. Concorde Vote Counting"),
        (2, 6, "edited", "The Technical Committee and/or its Chairman"),
        (3, 2, "moved", "The majority of Federal websites use HTTP"),
        (4, 1, "merged", "<1 id="),
    ],
)
def test_what_became_of_a_paragraph_that_was_looked_up(
    chain: int, step: int, kind: str, beginning: str
) -> None:
    old, new = list(pairwise(CHAINS[chain]))[step]
    before, after = parts(old), parts(new)
    found = [
        fate.kind
        for fate in align(before, after)
        if fate.old is not None
        and f"{before[fate.old].label} {before[fate.old].text}".lstrip("0123456789. ").startswith(
            beginning
        )
    ]
    assert set(found) == {kind}
