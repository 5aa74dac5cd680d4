"""A view that does not say who may open it is an error at start and shut at run time."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from accounts.models import Member
from config.checks import every_view_names_its_audience, views
from rules.audience import member, public, staff


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@public
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@member
def for_members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@staff
def for_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [
    path("unmarked/", unmarked),
    path("all/", for_all),
    path("members/", for_members),
    path("staff/", for_staff),
    path("", include("config.urls")),
]


def test_every_view_of_the_site_names_its_audience() -> None:
    assert len(list(views())) > 5
    assert every_view_names_its_audience() == []


def test_an_unmarked_view_is_named(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    (error,) = every_view_names_its_audience()
    assert "unmarked/" in error.msg


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "code"), [("all", 200), ("unmarked", 403), ("members", 302), ("staff", 302)]
)
def test_what_a_stranger_may_open(settings: Settings, drew: Client, where: str, code: int) -> None:
    settings.ROOT_URLCONF = __name__
    assert drew.get(f"/{where}/").status_code == code


@pytest.mark.django_db
@pytest.mark.parametrize(("is_staff", "code"), [(False, 403), (True, 200)])
def test_what_a_member_may_open(settings: Settings, drew: Client, is_staff: bool, code: int) -> None:
    settings.ROOT_URLCONF = __name__
    drew.force_login(Member.objects.create_user("alex", is_staff=is_staff))
    assert drew.get("/members/").status_code == 200
    assert drew.get("/staff/").status_code == code
