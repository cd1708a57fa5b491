"""The publish gate: what becomes of each paragraph, proposed by the machine, decided by officials.

`sides` reads two versions as places; `proposing` asks the alignment and keeps its answer; `overlay`
lays over it what officials decided; `stating` keeps the result as fates; `deciding` holds the
officials' verbs; `identities` gives paragraphs their identity when `passing` publishes.
"""
