from django.dispatch import Signal

card_issued = Signal(providing_args=['member', 'number'])
card_lost = Signal(providing_args=['member'])
