from django.db import migrations
from django.utils.encoding import force_text
from django.utils.text import slugify


def fill(apps, schema_editor):
    Book = apps.get_model('catalogue', 'Book')
    for book in Book.objects.filter(slug=''):
        book.slug = slugify(force_text(book.title))
        book.save()


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
