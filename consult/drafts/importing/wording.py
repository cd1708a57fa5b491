"""Numbers in the sentences of the report."""


def were(number: int, one: str, several: str) -> str:
    """ "1 link was", "3 links were": the subject of a sentence with its verb."""
    return f"1 {one} was" if number == 1 else f"{number:,} {several} were"
