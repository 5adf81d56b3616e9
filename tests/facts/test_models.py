"""Models: relations with many objects."""

from __future__ import annotations

from tests.facts.made import of_modules


def test_relations_with_many_objects_are_known_by_their_model() -> None:
    text = (
        "class Tag(models.Model):\n    name = models.TextField()\n\n\n"
        "class Item(models.Model):\n    tags = models.ManyToManyField(Tag)\n    places = ManyToManyField('Place')\n"
    )
    known = of_modules(shop__models=text).models.many_to_many
    assert known["Item"] == {"tags", "places"}
    assert "Tag" not in known
    assert known["User"] == {"groups", "user_permissions"}


def test_a_relation_of_a_migration_or_a_form_is_none_of_a_model() -> None:
    text = "class Migration:\n    tags = models.ManyToManyField('Tag')\n"
    known = of_modules(shop__migrations__0001_a=text, shop__forms="class F:\n    tags = MultipleChoiceField()\n")
    assert set(known.models.many_to_many) == {"User", "Group"}
