"""Drafts made up for tests: paragraphs as long and as different as those of real ones."""

from random import Random

from consult.blocks.blocks import Block, Draft, Kind

SMALL = "the of and to in a is that for it with as be on by at this which or an are not shall may".split()
ONSETS = "b br c ch d f fl g gr h j k l m n p pl pr qu r s sh sp st t tr v w".split()
NUCLEI = "a e i o u ai ea ou".split()
CODAS = "n r s t l m nd st ck ll".split()


class Author:
    """Writes and edits paragraphs, the same ones each time for a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.words = [self._word() for _n in range(1500)]
        # As in any language a few words are everywhere and most are rare.
        self.weights = [1 / (rank + 8) for rank in range(len(self.words))]

    def _word(self) -> str:
        pick = self.random.choice
        return "".join(
            pick(ONSETS) + pick(NUCLEI) + pick(CODAS) for _s in range(self.random.randint(1, 3))
        )

    def some(self, number: int) -> list[str]:
        """Return so many words, every other one or so a small one."""
        found = self.random.choices(self.words, self.weights, k=number)
        return [self.random.choice(SMALL) if self.random.random() < 0.45 else w for w in found]

    def paragraph(self) -> str:
        """Return a paragraph of 60 to 110 words."""
        return self.sentence(self.random.randint(60, 110))

    def sentence(self, length: int) -> str:
        """Return a sentence of so many words."""
        return " ".join(self.some(length)).capitalize() + "."

    def changed(self, text: str, share: float) -> str:
        """Return a text in which this share of the words is replaced by others."""
        words = text.split()
        places = self.random.sample(range(len(words)), round(len(words) * share))
        for place, word in zip(places, self.some(len(places)), strict=True):
            words[place] = word
        return " ".join(words)


def draft_of(texts: list[str], title: str = "A plan") -> Draft:
    """Return a draft of numbered paragraphs below a title."""
    blocks = [Block(Kind.TITLE, 0, "", title, title)]
    blocks += [Block(Kind.PARAGRAPH, 0, f"{n}", text, text) for n, text in enumerate(texts, 1)]
    return Draft(tuple(blocks), (), "en", "markdown")
