import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kntc.agencies.models import Agency, BodyKind, Level
from kntc.agencies.queries import province_of, tree
from kntc.agencies.tree import BrokenTree, number_tree, renumber


@st.composite
def forests(draw: st.DrawFn) -> dict[int, int | None]:
    """Child → parent, where a parent is an earlier node or none, in any order."""
    size = draw(st.integers(0, 40))
    parents = {n: draw(st.none() | st.integers(1, n - 1)) if n > 1 else None for n in range(1, size + 1)}
    return dict(draw(st.permutations(list(parents.items()))))


def below(parents: dict[int, int | None], node: int) -> set[int]:
    found = {node}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@given(forests())
def test_bounds_hold_just_the_subtree(parents: dict[int, int | None]) -> None:
    bounds = number_tree(parents)
    assert sorted(edge for pair in bounds.values() for edge in pair) == list(range(1, 2 * len(parents) + 1))
    for node, (lft, rgt) in bounds.items():
        within = {other for other, (left, _) in bounds.items() if lft <= left <= rgt}
        assert within == below(parents, node)
        assert rgt - lft + 1 == 2 * len(within)


@given(forests())
def test_siblings_keep_their_order(parents: dict[int, int | None]) -> None:
    bounds = number_tree(parents)
    for parent in {None, *parents}:
        children = [child for child, above in parents.items() if above == parent]
        assert children == sorted(children, key=lambda child: bounds[child][0])


@pytest.mark.parametrize("parents", [{1: 2, 2: 1}, {1: None, 2: 3, 3: 2}, {1: 7}, {1: 1}])
def test_a_circle_or_a_parent_outside_is_named(parents: dict[int, int | None]) -> None:
    with pytest.raises(BrokenTree):
        number_tree(parents)


def grow(code: str, parent: Agency | None, level: str = Level.COMMUNE, **values: object) -> Agency:
    return Agency.objects.create(
        code=code, name=f"Cơ quan {code}", kind=BodyKind.COMMITTEE, level=level, parent=parent, **values
    )


@pytest.fixture
def root(db: None) -> Agency:
    root = grow("R", None, Level.CENTRAL)
    province = grow("P", root, Level.PROVINCE)
    grow("D", province, Level.DEPARTMENT)
    grow("C2", grow("H", province, Level.DISTRICT), Level.COMMUNE)
    grow("C1", province, Level.COMMUNE)
    renumber()
    return Agency.objects.get(code="R")


def test_departments_stand_before_districts_before_communes(root: Agency) -> None:
    assert [(depth, agency.code) for depth, agency in tree(root)] == [
        (0, "R"),
        (1, "P"),
        (2, "D"),
        (2, "H"),
        (3, "C2"),
        (2, "C1"),
    ]


def test_subtree_and_tree_cost_one_statement(root: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        tree(root)
    assert len(queries) == 1
    assert Agency.objects.subtree(Agency.objects.get(code="H")).count() == 2


def test_a_moved_agency_is_in_its_new_subtree_and_nothing_else_changes(root: Agency) -> None:
    Agency.objects.filter(code="C1").update(parent=Agency.objects.get(code="H"))
    assert renumber() == 6
    assert {a.code for a in Agency.objects.subtree(Agency.objects.get(code="H"))} == {"H", "C1", "C2"}
    before = list(Agency.objects.order_by("id").values_list("id", "lft", "rgt"))
    renumber()
    assert list(Agency.objects.order_by("id").values_list("id", "lft", "rgt")) == before


def test_a_body_of_the_directory_is_its_own_subtree(root: Agency) -> None:
    body = grow("TAND", Agency.objects.get(code="P"), uses_system=False)
    renumber()
    body.refresh_from_db()
    assert body.lft is None
    assert list(Agency.objects.subtree(body)) == [body]
    assert body not in Agency.objects.subtree(root)
    assert province_of(body) == province_of(Agency.objects.get(code="C2")) == Agency.objects.get(code="P")
    assert province_of(root) is None


def test_bounds_outside_the_tree_are_refused_by_the_database(root: Agency) -> None:
    body = grow("TAND", None, uses_system=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=body.pk).update(lft=1, rgt=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(code="C1").update(lft=9, rgt=9)
