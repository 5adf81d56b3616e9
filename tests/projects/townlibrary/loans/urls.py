from django.conf.urls import url

from loans import views

app_name = 'loans'

urlpatterns = [
    url(r'^$', views.mine, name='mine'),
    url(r'^reserve/(?P<slug>[-\w]+)/$', views.reserve, name='reserve'),
    url(r'^lend/$', views.lend, name='lend'),
    url(r'^return/$', views.give_back, name='give_back'),
]
