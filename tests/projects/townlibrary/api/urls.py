from django.conf.urls import include, url
from rest_framework import routers

from api import views

router = routers.DefaultRouter()
router.register(r'books', views.BookViewSet)
router.register(r'authors', views.AuthorViewSet)
router.register(r'loans', views.LoanViewSet, basename='loan')

app_name = 'api'

urlpatterns = [
    url(r'^', include(router.urls)),
]
