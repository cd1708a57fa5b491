"""What became of each paragraph from one version of a draft to the next, and how it reads.

Pure: no database, no settings; the same two versions always give the same answer.

`align` finds pairs in rounds, each of which stands on what the ones before it made clear:

1. the two titles; texts that stand once in each version; parts much more like each other than like
   anything else (`anchoring`, among the few that share rare words: `candidates`, `likeness`);
2. between neighbours that are known, what is alike in the same order (`placing`, `chain`);
3. what is alike elsewhere, and back to its place what only seems to have moved (`moving`);
4. pieces of what was split and merged (`dividing`);
5. what is a little alike and stands in place, or alone; headings by what stands under them
   (`placing`, `sections`).

What did not keep the order in which most of the text stayed has moved. Then every row is asked
whether it could be wrong (`doubt`): a person decides what is doubtful, and it is better that she
decides too much than that somebody's words are shown beside a text that they were not about.

`redline` compares two texts word by word, `to_html` marks it, and `summarise` counts.
"""

from consult.alignment.aligning import align
from consult.alignment.fates import Aligned, Fate, FateKind, Part
from consult.alignment.marking import to_html
from consult.alignment.redline import Change, redline
from consult.alignment.summary import Bundle, Summary, bundles, summarise

__all__ = [
    "Aligned",
    "Bundle",
    "Change",
    "Fate",
    "FateKind",
    "Part",
    "Summary",
    "align",
    "bundles",
    "redline",
    "summarise",
    "to_html",
]
