from django_filters import rest_framework as filters
from rest_framework import permissions, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.serializers import AuthorSerializer, BookSerializer, LoanSerializer
from catalogue.models import Author, Book
from loans.models import Loan


class BookFilter(filters.FilterSet):
    title = filters.CharFilter(lookup_expr='icontains')
    since = filters.NumberFilter(field_name='year', lookup_expr='gte')

    class Meta:
        model = Book
        fields = ['title', 'year', 'since']


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.prefetch_related('authors')
    serializer_class = BookSerializer
    filterset_class = BookFilter
    lookup_field = 'slug'

    @action(detail=True)
    def copies(self, request, slug=None):
        return Response([copy.shelf for copy in self.get_object().copies.all()])


class AuthorViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


class LoanViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = LoanSerializer
    permission_classes = [permissions.IsAuthenticated]

    def get_queryset(self):
        return Loan.objects.filter(member=self.request.user)
