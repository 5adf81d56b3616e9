from django.conf.urls import include, patterns, url
from django.contrib import admin

urlpatterns = patterns('',
    url(r'^admin/', include(admin.site.urls)),
    url(r'^login/$', 'django.contrib.auth.views.login', {'template_name': 'a.html'}, name='login'),
    (r'^news/', include('news.urls', namespace='news', app_name='posts')),
    (r'^press/', include('news.urls', namespace='press')),
)
urlpatterns += patterns('goods.views',
    url(r'^$', 'index', name='index'),
    (r'^item/(\d+)/$', 'item', {'kind': 'a'}),
    (r'^text/$', 'text'),
)
