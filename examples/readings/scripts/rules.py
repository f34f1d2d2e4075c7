"""Rules for readings: the program calls `judge` with each of them, on several threads."""

import station

LIMIT = 25.0


def judge(reading: station.Reading) -> "str | None":
    if reading.value <= LIMIT:
        return None
    highest = max(station.recent(reading.sensor))
    if highest < reading.value:
        raise RuntimeError("a reading is recorded before it is judged")
    return f"{reading.sensor}: reading {reading.number} is {reading.value}"
