"""The training copy that `make demo` serves: some forty invented records that use everything.

All is written by the actions of the tracker, each on the day on which officers would have done it,
so that histories and editions are as on a site that has run for years. Days count from the day on
which the copy is made. The tracker does not know this package.
"""
