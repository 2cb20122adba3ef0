"""A plugin of pytest: tests by invented examples end as they would on a machine that is idle.

A machine that is busy passes any deadline, which would count as a mutant that was killed. To look
for the smallest example that fails takes long, and nobody reads it.
"""


def pytest_configure() -> None:
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
