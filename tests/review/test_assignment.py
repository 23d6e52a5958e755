from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.review.assignment import assign

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.25, 0.5, 1.0, 1.5]), max_size=14
)


def total(weights, pairs):
    return sum(weights[pair] for pair in pairs.items())


@given(WEIGHTS)
def test_no_assignment_weighs_more(weights):
    pairs = assign(weights)
    assert len(set(pairs.values())) == len(pairs)
    best = max(sum(weights.get(pair, 0) for pair in enumerate(columns)) for columns in permutations(range(5)))
    assert total(weights, pairs) == best


@given(WEIGHTS)
def test_flipped_is_the_solution_of_the_other_direction(weights):
    exchanged = {(column, row): weight for (row, column), weight in weights.items()}
    assert assign(weights, flipped=True) == {row: column for column, row in assign(exchanged).items()}


def test_a_greedy_choice_that_costs_more_is_not_taken():
    assert assign({(0, 0): 1.0, (0, 1): 0.9, (1, 0): 0.9}) == {0: 1, 1: 0}


def test_a_cluster_too_large_to_solve_is_paired_best_first():
    size = 150
    weights = {(row, column): 1.0 + (row == column) for row in range(size) for column in range(size)}
    assert assign(weights) == {number: number for number in range(size)}
