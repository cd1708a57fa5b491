from consult.drafts.alignment.aligning import align
from consult.drafts.alignment.fates import Fate, FateKind, Part

__all__ = ["Fate", "FateKind", "Part", "align"]
