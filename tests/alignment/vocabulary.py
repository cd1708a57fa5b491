"""Words to write paragraphs of: few of them often, many seldom, as in any language (Zipf 1935)."""

import os
import re
from collections import Counter
from pathlib import Path

CORPUS = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus")).resolve()

WORDS = """
the of and to in a is that be for it by shall on as may or with any not which are this from an must at
council each person where has within its plan public such have street who they their board after other
before when all town notice report under days if been but was more rules made members vote land use work
services between person's people open water road school market every time date written no than can made
application meeting decision building owner tree house cost year month right duty given part area budget
number interest information register copy order section purpose means reason record proposal draft law
local safety health traffic noise light waste energy bus bicycle footpath bridge harbour river park garden
playground library museum hospital clinic nurse teacher pupil parent child tenant landlord lease rent
shop stall licence fee fine appeal court judge witness evidence complaint inspector inspection repair
damage flood drain pipe meter well pump kerb crossing signal lamp bench shade canopy orchard hedge meadow
wetland beach dune cliff quarry mine factory workshop warehouse railway station platform ferry ticket fare
timetable passenger driver cyclist wheelchair ramp lift signpost map survey census statistic forecast
audit auditor treasurer clerk mayor deputy secretary delegate quorum majority minority ballot petition
referendum consultation hearing minute agenda archive seal signature stamp oath pledge grant subsidy loan
interest-rate tax levy duty-free toll customs tariff import export invoice receipt contract tender bidder
supplier warranty indemnity liability insurance premium claim dispute mediation arbiter settlement breach
remedy penalty offence warrant search seizure custody bail parole probation sentence pardon amnesty
asylum visa passport border frontier embassy consul treaty protocol annex schedule appendix footnote
glossary index preface chapter article clause paragraph subsection proviso exception exemption waiver
""".split()


def own() -> dict[str, float]:
    """Return words of town halls with how often each is used."""
    return {word: 1 / (rank + 3) for rank, word in enumerate(dict.fromkeys(WORDS))}


def few() -> dict[str, float]:
    """Return so few words that every paragraph has most of them."""
    return dict.fromkeys(list(own())[:60], 1.0)


def corpus() -> dict[str, float]:
    """Return the words of a real policy, none where there is no corpus."""
    texts = (CORPUS / "drafts/nz-nzgoal-se").glob("*.md")
    words = (re.findall(r"[a-z']+", path.read_text("utf-8").lower()) for path in sorted(texts))
    return dict(Counter(word for found in words for word in found))
