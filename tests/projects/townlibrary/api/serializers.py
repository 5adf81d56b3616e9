from rest_framework import serializers

from catalogue.models import Author, Book
from loans.models import Loan


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ['id', 'name', 'slug']


class BookSerializer(serializers.ModelSerializer):
    authors = AuthorSerializer(many=True, read_only=True)
    available = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ['id', 'title', 'slug', 'year', 'for_children', 'authors', 'available']

    def get_available(self, book):
        return book.copies.filter(on_loan=False).exists()


class LoanSerializer(serializers.ModelSerializer):
    book = serializers.CharField(source='copy.book.title', read_only=True)

    class Meta:
        model = Loan
        fields = ['id', 'book', 'since', 'returned']
