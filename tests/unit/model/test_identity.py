from __future__ import annotations

from designer.model.identity import counting_ids, random_id


def test_random_ids_say_the_kind_and_never_repeat() -> None:
    ids = {random_id("network") for _ in range(1000)}
    assert len(ids) == 1000
    assert all(found.startswith("network-") for found in ids)


def test_counting_ids_repeat_from_run_to_run() -> None:
    first, second = counting_ids(), counting_ids()
    assert [first("host"), first("nic")] == [second("host"), second("nic")] == ["host-1", "nic-2"]
