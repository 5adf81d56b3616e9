from django.template import Library, Node, resolve_variable

register = Library()


@register.assignment_tag(takes_context=True)
def basket(context):
    return 'basket of %s' % context['name']


class ShownNode(Node):
    def __init__(self, name):
        self.name = name

    def render(self, context):
        return resolve_variable(self.name, context) if context.has_key(self.name) else 'nothing'


@register.tag
def shown(parser, token):
    return ShownNode(token.split_contents()[1])
