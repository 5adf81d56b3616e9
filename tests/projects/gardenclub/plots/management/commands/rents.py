from django.core.management.base import BaseCommand

from plots.models import Lease


class Command(BaseCommand):
    help = "Lists the rents that are due."

    def add_arguments(self, parser):
        parser.add_argument("--section", help="Only plots of this section.")

    def handle(self, *args, **options):
        leases = Lease.objects.select_related("plot__section")
        if options["section"]:
            leases = leases.filter(plot__section__name=options["section"])
        for lease in leases:
            self.stdout.write("%s: %s" % (lease, lease.rent))
