from optparse import make_option
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    option_list = BaseCommand.option_list + (
        make_option('-s', '--size', dest='size', type='int', default=3, help='Size (%default)'),
    )

    def handle(self, *args, **options):
        self.stdout.write('%s %s' % (list(args), options['size']))
