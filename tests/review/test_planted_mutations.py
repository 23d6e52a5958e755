from collections import Counter

from invented_records import invent, mutate

from onrecord.review import diff_records


def found_in(diff):
    return Counter((one.class_, one.kind, one.path, one.old_id or one.label) for one in diff.differences)


def test_nearly_all_planted_mutations_are_found_and_nothing_else():
    """A hundred records, with every kind of mutation; ids and order are other ones in the new records."""
    planted, found, right = Counter(), Counter(), Counter()
    for seed in range(100):
        record = invent(seed)
        mutant, expected = mutate(record, seed, 6)
        wanted, offered = Counter(expected), found_in(diff_records(record, mutant))
        for one, count in wanted.items():
            planted[one[0]] += count
            right[one[0]] += min(count, offered[one])
        found.update({"all": offered.total()})
    assert planted.keys() == {"added", "removed", "changed", "moved", "regrouped", "relinked"}
    assert min(planted.values()) > 30
    assert right.total() >= 0.99 * planted.total()
    assert right.total() >= 0.99 * found["all"]


def test_every_mutation_alone_is_found_exactly():
    record = invent(7)
    for seed in range(60):
        mutant, expected = mutate(record, seed, 1)
        assert found_in(diff_records(record, mutant)) == Counter(expected), (seed, expected)
