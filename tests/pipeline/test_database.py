"""Opening a database that others are busy with."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from pipeline.database import make_engine


def test_a_file_that_another_is_making_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    maker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    maker.execute("CREATE TABLE one (number INTEGER)")
    maker.execute("BEGIN IMMEDIATE")  # before a writer the switch to the log fails at once, whatever the timeout
    maker.execute("INSERT INTO one VALUES (1)")

    def done() -> None:
        time.sleep(0.5)
        maker.execute("COMMIT")

    making = threading.Thread(target=done)
    making.start()
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT number FROM one").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    making.join()
    engine.dispose()
    maker.close()
