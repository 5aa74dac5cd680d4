"""What goes out is what stands: each listed meeting once, without a query a row."""

import pytest
from pytest_django import DjangoAssertNumQueries

from meetings import editing, exporting
from rules.search import Order, Point, Query
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_all_that_is_listed_goes_out_with_its_facts() -> None:
    told = builders.listing(group=builders.group(), updated_at=NOW)
    [meeting] = builders.stored(told)
    [closed] = builders.stored(builders.listing(source_id="b"), into=builders.source(name="b"))
    editing.close(closed, by=None, now=NOW)

    [one] = exporting.every(Query(), NOW)

    assert one.listing == told
    assert (one.slug, one.address) == (meeting.slug, f"/meetings/{meeting.slug}/")
    assert [term.name("en") for term in one.types] == ["Open", "Discussion"]
    assert one.next_start == meeting.next_start


def test_near_comes_in_order_and_limit_does_not_cut() -> None:
    builders.stored(
        *(
            builders.listing(source_id=str(number), place=builders.place(latitude=40.6 + number / 100))
            for number in (2, 0, 1)
        )
    )
    query = Query(near=Point(40.6, -73.98), radius_km=50, order=Order.DISTANCE, limit=1)

    assert [one.listing.source_id for one in exporting.every(query, NOW)] == ["0", "1", "2"]


def test_a_long_list_costs_no_query_a_row(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    builders.stored(*(builders.listing(source_id=str(number)) for number in range(60)))

    with django_assert_max_num_queries(12):
        assert len(list(exporting.every(Query(), NOW))) == 60


def test_the_slug_its_source_gave_it_is_told() -> None:
    builders.stored(builders.listing(slug="kitchen-table"))
    builders.meeting(source_id="by-hand", slug="by-hand")

    assert sorted(one.listing.slug for one in exporting.every(Query(), NOW)) == ["by-hand", "kitchen-table"]
