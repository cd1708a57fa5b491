"""What the sentences of reports and refusals have in common."""

#: What may be chosen instead of a file that is none of these.
ACCEPTED = (
    "choose the draft as Word (.docx), OpenDocument (.odt), PDF, EPUB, HTML, Markdown or plain text"
)


def were(number: int, one: str, several: str) -> str:
    """ "1 link was", "3 links were": the subject of a sentence with its verb."""
    return f"1 {one} was" if number == 1 else f"{number:,} {several} were"
