from consult.alignment import FateKind, align
from consult.alignment.summary import bundles, summarise
from tests.alignment.material import BOOKS, BUSES, PARKS, SOUND, TREES, para, title

OLD = [title(), para(f"{TREES} {BUSES}"), para(PARKS), para(BOOKS), para(SOUND)]
NEW = [title(), para(TREES), para(BUSES), para(PARKS.replace("day", "twilight")), para(BOOKS)]


def test_rows_of_one_split_or_merge_are_one_bundle() -> None:
    split = [(b.kind, b.olds, b.news) for b in bundles(align(OLD, NEW))]
    assert split == [
        (FateKind.UNCHANGED, (0,), (0,)),
        (FateKind.SPLIT, (1,), (1, 2)),
        (FateKind.EDITED, (2,), (3,)),
        (FateKind.UNCHANGED, (3,), (4,)),
        (FateKind.REMOVED, (4,), ()),
    ]
    merged = {b.kind: (b.olds, b.news) for b in bundles(align(NEW, OLD))}
    assert merged[FateKind.MERGED] == ((1, 2), (1,))
    assert merged[FateKind.NEW] == ((), (4,))


def test_a_summary_counts_old_paragraphs_and_changed_words() -> None:
    summary = summarise(OLD, NEW, align(OLD, NEW))
    assert {kind: number for kind, number in summary.fates.items() if number} == {
        FateKind.UNCHANGED: 2,
        FateKind.SPLIT: 1,
        FateKind.EDITED: 1,
        FateKind.REMOVED: 1,
    }
    assert set(summary.fates) == set(FateKind)
    assert (summary.doubtful, summary.inserted, summary.deleted) == (0, 1, 1 + len(SOUND.split()))
