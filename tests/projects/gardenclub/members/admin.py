from django.contrib import admin

from members.models import Member

admin.site.register(Member, list_display=["user", "phone", "newsletter"], list_filter=["newsletter"])
