"""Sets the clock of every process that starts with this folder on its path: seconds from the real one."""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["PLAYED_CLOCK_SHIFT"]), tick=True).start()
