"""How much one import may take. Honest drafts stay far below each of these."""

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 80_000_000
MAX_ENTRIES = 5_000
MAX_BLOCKS = 20_000
MAX_BLOCK_CHARACTERS = 100_000
MAX_DEPTH = 200

#: Of the process that reads the file: memory beyond what it needs to start, processor and wall
#: time, and what it may hand back.
MEMORY_BYTES = 512_000_000
PROCESSOR_SECONDS = 28
WALL_SECONDS = 30.0
MAX_ANSWER_BYTES = 64_000_000
