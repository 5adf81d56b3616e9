import datetime

import pytz
from django.conf import settings
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import smart_text

OPENS, CLOSES = datetime.time(9), datetime.time(18)


def opening_hours(get_response):
    """Tell the templates whether the desk is open, in the library's own time."""

    def middleware(request):
        local = timezone.now().astimezone(pytz.timezone(settings.TIME_ZONE))
        request.desk_is_open = OPENS <= local.time() < CLOSES
        return get_response(request)

    return middleware


class BranchMiddleware(MiddlewareMixin):
    """Remember which branch of the library a reader looks at."""

    def process_request(self, request):
        request.branch = smart_text(request.GET.get('branch', request.COOKIES.get('branch', 'main')))

    def process_response(self, request, response):
        if 'branch' in request.GET:
            response.set_cookie('branch', request.branch)
        return response
