"""`{% remembered "footer" %}…{% endremembered %}`: a fragment drawn once per stamp."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from terril.site.commons.memory import remembered

register = template.Library()


class RememberedNode(template.Node):
    """A fragment which depends on its keys, the journal and the language alone."""

    def __init__(self, nodelist: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist, self.keys = nodelist, keys

    def render(self, context: Context) -> str:
        key = "|".join(str(key.resolve(context)) for key in self.keys)
        return remembered(f"fragment|{key}", lambda: self.nodelist.render(context))


@register.tag("remembered")
def read_remembered(parser: Parser, token: Token) -> RememberedNode:
    """Read the tag: its words are the key, and name all that the fragment shows."""
    keys = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not keys:
        raise template.TemplateSyntaxError("“remembered” needs a key.")
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, keys)
