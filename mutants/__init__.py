"""Mutation testing: whether a test fails when a line of the code is wrong.

    make mutants ARGS="--sample 50 --seed 1"

Each mutant is one small change of one module in a copy of the tree. It is killed if one of the
tests that `scope` names for the module fails; one that survives is a behaviour that no test there
holds. What survives, and why, stands in docs/mutants.md.
"""
