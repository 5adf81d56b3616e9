import csv

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ugettext as _

from catalogue.models import Author, Book, Copy


class Command(BaseCommand):
    help = 'Import books from a CSV file: title, year, author, shelf.'

    def add_arguments(self, parser):
        parser.add_argument('file')
        parser.add_argument('--dry-run', action='store_true')

    def handle(self, *args, **options):
        try:
            with open(options['file'], newline='') as handle:
                rows = list(csv.DictReader(handle))
        except OSError as error:
            raise CommandError(_('Cannot read the file: %s') % error)
        for row in rows:
            if not options['dry_run']:
                self.add(row)
        self.stdout.write('%d books' % len(rows))

    def add(self, row):
        author, _created = Author.objects.get_or_create(
            name=row['author'], defaults={'slug': row['author'].lower().replace(' ', '-')}
        )
        book, _created = Book.objects.get_or_create(title=row['title'], defaults={'year': int(row['year'])})
        book.authors.add(author)
        Copy.objects.create(book=book, shelf=row['shelf'])
