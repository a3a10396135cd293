"""The deliveries that `vroegsein simulate` wrote, as the one CSV file that `households match` reads."""

import csv
import json
from pathlib import Path

COLUMNS = [
    "id", "signaaldatum", "soort", "client.voorletters", "client.voorvoegsel", "client.achternaam",
    "client.geboortedatum", "client.straatnaam", "client.postcode", "client.huisnummer",
    "client.huisnummertoevoeging", "client.plaatsnaam", "client.telefoonnummer", "client.email",
    "client.burgerservicenummer", "client.rechtspersoon",
]


def rows_of(path):
    """The rows of one delivery, as a dictionary from column to text."""
    if path.suffix == ".ndjson":
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                row.update({"client." + name: value for name, value in row.pop("client").items()})
                yield row
        return
    with path.open(encoding="utf-8", newline="") as lines:
        header = lines.readline()
        delimiter = max(";,\t", key=header.count)
        lines.seek(0)
        yield from csv.DictReader(lines, delimiter=delimiter)


def text_of(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_table(simulated, out):
    """Writes every row of every delivery in the folder `simulated`; returns how many."""
    count = 0
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for path in sorted((Path(simulated) / "leveringen").iterdir()):
            for row in rows_of(path):
                writer.writerow([text_of(row.get(column)) for column in COLUMNS])
                count += 1
    return count
