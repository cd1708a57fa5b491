"""A database of the past, brought up to date: names are found by what is stored of them."""

from consult.commands.migrate import migrate
from tests.old_databases import Old

ACCOUNTS = {
    "Dr Clara Burns": "drclaraburns",
    "王小明": "王小明",
    "Ada": "ada",
    "Bernard": "bernard",
}


def test_what_is_stored_of_names_is_computed_again(old: Old) -> None:
    people = [*ACCOUNTS, *(f"Person {n}" for n in range(1500))]
    stored = [
        {
            "id": number * 3,
            "email": f"p{number}@example.org",
            "display_name": name,
            "name_skeleton": ACCOUNTS.get(name, "stale"),
            "state": "active",
        }
        for number, name in enumerate(people, 1)
    ]
    old.add_all("account", stored)
    migrate(old.engine)
    found = dict(old.asked("SELECT display_name, name_skeleton FROM account"))
    assert len(found) == len(people) and "stale" not in found.values()
    # The title is gone, "cl" is a "d" and "rn" an "m".
    assert found["Dr Clara Burns"] == "darabums"
    assert found["王小明"] == "王小明" and found["Ada"] == "ada" and found["Bernard"] == "bemard"
