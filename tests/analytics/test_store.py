"""Releases on the disk: whole or not at all, whatever happens in the middle."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from terril.analytics import DataError
from terril.analytics.releases import MANIFEST, SHIPPED, Release
from terril.analytics.store import Store

FILES = {"observations.parquet": b"one", "catalogue.json": b'{"editions": []}'}


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "releases")


def test_a_store_begins_empty_and_answers_with_what_ships(store):
    assert store.releases() == []
    assert store.live is None
    assert store.answering == Release(SHIPPED)


def test_a_release_is_written_once_under_the_next_number(store):
    first = store.write(FILES)
    second = store.write({**FILES, "observations.parquet": b"two"})

    assert [one.number for one in store.releases()] == [1, 2]
    assert first.digest != second.digest
    second.verify()


def test_the_same_content_makes_no_new_release(store):
    first = store.write(FILES)

    assert store.write(dict(FILES)) == first
    assert len(store.releases()) == 1


def test_a_release_answers_once_published_and_another_may_be_published_back(store):
    store.write(FILES)
    store.write({**FILES, "observations.parquet": b"two"})

    store.publish(2)
    assert store.answering.number == 2
    store.publish(1)

    assert store.answering.number == 1


def test_a_number_that_no_release_bears_is_refused(store):
    store.write(FILES)

    with pytest.raises(DataError, match="no release bears this number"):
        store.publish(9)


@pytest.mark.parametrize("damage", [b"", b"onf"])
def test_a_damaged_file_is_found_by_its_digest_and_never_published(store, damage):
    made = store.write(FILES)
    (made.folder / "observations.parquet").write_bytes(damage)

    with pytest.raises(DataError, match="the release is damaged") as caught:
        store.publish(1)

    assert caught.value.spot.place == "observations.parquet"
    assert store.live is None


def test_a_lost_file_and_a_lost_manifest_are_damage(store):
    made = store.write(FILES)
    (made.folder / "catalogue.json").unlink()
    with pytest.raises(DataError, match=r"catalogue\.json"):
        made.verify()

    (made.folder / MANIFEST).write_text("not json")

    with pytest.raises(DataError, match=r"manifest\.json"):
        Release(made.folder).verify()


def test_what_ships_is_as_it_was_written():
    Release(SHIPPED).verify()


def run(code, folder, **options):
    words = [sys.executable, "-c", textwrap.dedent(code), str(folder)]
    return subprocess.Popen(words, **options)


KILLED = """
    import os, sys, time
    from pathlib import Path
    from terril.analytics import store
    def stop(folder):
        Path(sys.argv[1], "ready").touch()
        time.sleep(60)
    store._sync = stop
    store.Store(Path(sys.argv[1])).write({"observations.parquet": b"new"})
"""


def test_a_build_killed_in_the_middle_leaves_the_live_release_and_the_next_succeeds(
    store,
):
    store.write(FILES)
    store.publish(1)
    killed = run(KILLED, store.folder)
    while not (store.folder / "ready").exists():
        assert killed.poll() is None
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert list(store.folder.glob(".draft-*"))

    store.answering.verify()
    assert store.answering.number == 1
    made = store.write({**FILES, "observations.parquet": b"new"})

    assert made.number == 2
    assert list(store.folder.glob(".draft-*")) == []


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from terril.analytics import DataError
    from terril.analytics.store import Store
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    try:
        Store(Path(sys.argv[1])).write({"observations.parquet": bytes(100_000)})
    except DataError as error:
        sys.exit(str(error))
"""


def test_a_disk_without_room_publishes_nothing_and_says_so(store):
    store.write(FILES)
    store.publish(1)

    # The limit would cut the notes of coverage too.
    names = {name: value for name, value in os.environ.items() if "COV" not in name}
    done = run(FULL, store.folder, stderr=subprocess.PIPE, text=True, env=names)
    _, said = done.communicate(timeout=60)

    assert done.returncode == 1
    assert "the release could not be written" in said
    assert "Nothing was published" in said
    assert [one.number for one in store.releases()] == [1]
    assert list(store.folder.glob(".draft-*")) == []
    assert store.write({**FILES, "observations.parquet": b"two"}).number == 2


def test_a_file_that_cannot_be_written_leaves_nothing_behind(store):
    store.write(FILES)

    with pytest.raises(DataError, match="File name too long"):
        store.write({**FILES, "n" * 300: b""})

    assert [one.number for one in store.releases()] == [1]
    assert list(store.folder.glob(".draft-*")) == []


TWICE = """
    import sys
    from pathlib import Path
    from terril.analytics.store import Store
    Store(Path(sys.argv[1])).write({"observations.parquet": sys.argv[1].encode() * 9})
    Store(Path(sys.argv[1])).write({"observations.parquet": str(id(sys)).encode()})
"""


def test_two_builds_at_once_both_end_with_a_release_of_their_own(store):
    store.folder.mkdir()
    both = [run(TWICE, store.folder) for _ in range(2)]

    assert [one.wait(timeout=60) for one in both] == [0, 0]

    found = store.releases()
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert len({one.digest for one in found}) == len(found)
    for one in found:
        one.verify()


def test_a_manifest_names_each_file_with_its_digest(store):
    made = store.write(FILES)

    told = json.loads((made.folder / MANIFEST).read_text())

    assert sorted(told["files"]) == ["catalogue.json", "observations.parquet"]
