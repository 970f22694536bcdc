"""A first password: hard to guess, easy to type."""

from app.signing_in.accounts import _TYPEABLE, _first_sign_in


def test_it_holds_more_than_128_bits_in_groups_that_can_be_typed() -> None:
    made = {_first_sign_in("A", "a@b.example").password for _ in range(20)}
    assert len(made) == 20
    for password in made:
        groups = password.split("-")
        assert [len(group) for group in groups] == [4] * 7
        assert set("".join(groups)) <= set(_TYPEABLE)
    assert len(_TYPEABLE) ** 28 > 2**128
    assert not set(_TYPEABLE) & set("0o1il")
