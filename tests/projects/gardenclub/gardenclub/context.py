from django.conf import settings


def club(request):
    return {"club_name": settings.CLUB_NAME, "season": getattr(request, "season", "")}
