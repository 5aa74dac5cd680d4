"""Pages that explain: a first time, families, privacy; and what robots and tabs ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from meetings import geocode, geocoder_service
from meetings.models import Fellowship, Type
from rules.audience import public


@require_safe
@public
def first_time(request: HttpRequest) -> HttpResponse:
    """What happens at a meeting, and the way to those that are easy to walk into."""
    codes = Type.objects.filter(names__en__in=["Newcomer", "Newcomers", "Beginners", "Beginner/Newcomer"])
    newcomers = sorted({(one.fellowship.slug, one.code) for one in codes.select_related("fellowship")})
    url = (
        reverse("find")
        + "?"
        + urlencode(
            [("type_any", f"{fellowship}:{code}") for fellowship, code in newcomers] + [("order", "soonest")],
            doseq=True,
        )
    )
    return render(
        request,
        "meetings/first_time.html",
        {
            "here": "first-time",
            "newcomers_url": url if newcomers else "",
            "open_url": f"{reverse('find')}?order=soonest",
        },
    )


@require_safe
@public
def families(request: HttpRequest) -> HttpResponse:
    """For who cares about somebody: meetings of their own."""
    fellowships = list(Fellowship.objects.filter(for_families=True, meetings__listed=True).distinct())
    url = (
        reverse("find")
        + "?"
        + urlencode([("fellowship", one.slug) for one in fellowships] + [("order", "soonest")], doseq=True)
    )
    context = {"here": "families", "fellowships": fellowships, "families_url": url}
    return render(request, "meetings/families.html", context)


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of who visits, in plain words."""
    context = {
        "asks_geocoder": settings.GEOCODER != geocoder_service.EMBEDDED,
        "kept_days": geocode.KEPT.days,
        "has_tiles": bool(settings.MAP_TILES_URL),
    }
    return render(request, "meetings/privacy.html", context)


@require_safe
@public
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Meetings may be found by search engines; searches, join details and feeds are no pages of theirs."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /*/join/",
        "Disallow: /api/",
        "Disallow: /feeds/",
        "Disallow: /main_server/",
        "Disallow: /client_interface/",
        "Disallow: /admin/",
        "Disallow: /help-now/",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
@public
def favicon(request: HttpRequest) -> HttpResponse:
    """Two cups on a table, for browsers that look in the old place."""
    return HttpResponsePermanentRedirect(static("img/logo.svg"))
