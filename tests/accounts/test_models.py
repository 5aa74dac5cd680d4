"""A member is a handle and a zone."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from tests import builders


@pytest.mark.django_db
def test_a_handle_is_enough() -> None:
    alex = Member.objects.create_user("alex")

    assert (alex.handle, alex.email, alex.timezone, alex.is_staff) == ("alex", "", "UTC", False)
    assert alex.get_full_name() == alex.get_short_name() == str(alex) == "alex"


@pytest.mark.django_db
def test_an_operator_is_made_by_name() -> None:
    assert Member.objects.create_superuser("robin", "a long passphrase").is_superuser


def test_there_is_no_place_for_a_real_name() -> None:
    names = {field.name for field in Member._meta.get_fields()}

    assert not names & {"first_name", "last_name", "name", "full_name"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"handle": "two words"}, {"handle": "a\n"}, {"timezone": "Mars/Olympus"}, {"timezone": ""}]
)
def test_nonsense_is_refused(facts: dict[str, str]) -> None:
    member = builders.member()
    for name, value in facts.items():
        setattr(member, name, value)

    with pytest.raises(ValidationError):
        member.full_clean()


@pytest.mark.django_db
def test_a_handle_is_taken_however_it_is_written() -> None:
    builders.member(handle="Alex")

    with pytest.raises(ValidationError, match="taken"):
        Member(handle="aLEX", password="x").full_clean()
