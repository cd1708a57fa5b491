"""How much one import may take. Honest drafts stay far below each of these."""

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 80_000_000
MAX_ENTRIES = 5_000
MAX_BLOCKS = 20_000
MAX_BLOCK_CHARACTERS = 100_000
MAX_DEPTH = 200

#: Of the report: things told one by one, and characters of a comment's words and of its author's name.
MAX_FINDINGS = 500
MAX_COMMENT_CHARACTERS = 400
MAX_NAME_CHARACTERS = 80

#: Of the process that reads the file: memory beyond what it needs to start, processor time, and what
#: it may hand back. How long it takes by the clock on the wall says more of the machine than of the
#: file, so that limit is only there for a process that hangs.
MEMORY_BYTES = 512_000_000
PROCESSOR_SECONDS = 30
WALL_SECONDS = 600.0
MAX_ANSWER_BYTES = 64_000_000

#: How many files are read at a time, by all processes that share their turns.
READERS = 2

#: Of pictures: how many, how many pixels one may unpack to, how long its longer side stays, and what
#: all of them, or one drawing, may weigh when they are made anew.
MAX_PICTURES = 300
MAX_PIXELS = 25_000_000
MAX_PICTURE_SIDE = 1_600
MAX_PICTURE_BYTES = 24_000_000
MAX_DRAWING_BYTES = 1_500_000
