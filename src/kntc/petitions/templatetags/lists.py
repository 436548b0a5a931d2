"""A row of a list whose columns the reader has chosen, without asking for each cell which column it is."""

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()


class CellsNode(Node):
    """One block for each column that there can be; at a row, those of its columns are drawn."""

    child_nodelists = ()

    def __init__(self, columns: FilterExpression, cells: dict[str, NodeList]) -> None:
        self.columns = columns
        self.cells = cells

    def render(self, context: template.Context) -> SafeString:
        drawn = [self.cells[column.key].render(context) for column in self.columns.resolve(context)]
        return SafeString("".join(drawn))


@register.tag
def cells(parser: Parser, token: Token) -> CellsNode:
    """{% cells columns %}{% cell "number" %}…{% cell "kind" %}…{% endcells %}"""
    columns = parser.compile_filter(token.split_contents()[1])
    parser.parse(("cell",))
    found: dict[str, NodeList] = {}
    following = parser.next_token()
    while following.contents != "endcells":
        key = following.split_contents()[1].strip('"')
        found[key] = parser.parse(("cell", "endcells"))
        following = parser.next_token()
    return CellsNode(columns, found)
