"""What a page of the gate shows."""

from webtest.response import TestResponse


def facts(page: TestResponse) -> dict[str, str]:
    pairs = zip(page.html.select(".facts dt"), page.html.select(".facts dd"), strict=True)
    return {term.text: value.text for term, value in pairs}


def names(page: TestResponse) -> list[str]:
    return [" ".join(name.text.split()) for name in page.html.select(".row-name")]


def questions(page: TestResponse) -> list[str]:
    return [item["id"].removeprefix("p-") for item in page.html.select(".question")]
