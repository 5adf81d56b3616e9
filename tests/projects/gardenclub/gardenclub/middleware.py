from django.utils import timezone


class SeasonMiddleware(object):
    """Tells each request which season it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        month = timezone.localtime().month
        request.season = "winter" if month in (12, 1, 2) else "summer"
        return self.get_response(request)


class GreetingMiddleware(object):
    """Greets in a header, as the season asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        season = getattr(request, "season", "any season")
        response = self.get_response(request)
        response["X-Greeting"] = "Welcome in %s" % season
        return response
