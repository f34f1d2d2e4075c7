"""How much it rained: prints sums for each station, in litres and in inches. The first argument is the CSV file."""

import sys

from columns import Table

table = Table.read_csv(sys.argv[1])
print(table)

wet = table.filter(table["rain"] > 10)
print(f"{len(wet)} of {len(table)} months had more than 10 litres, {wet['rain'].mean():.2f} on average")

inches = table.with_column("inches", table["rain"] / 25.4)
for station, total in inches.sums("inches", by="station").items():
    print(f"{station}: {total:.2f}")
