"""Splink 4 with DuckDB on one CSV file: splink_match.py TABLE FOLDER.

Set up as its documentation advises for such data: comparisons of its library with term frequencies,
u from random pairs, m by expectation maximisation over two blocking rules. Writes FOLDER/splink-T.csv
(id,person_id) for a few thresholds T, so that the best of them can stand beside ours.
"""

import sys
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLDS = (0.5, 0.9, 0.99)


def febrl():
    comparisons = [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        cl.JaroWinklerAtThresholds("address_2", [0.9, 0.7]),
        cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
        cl.ExactMatch("state"),
    ]
    blocking = [("date_of_birth",), ("given_name", "surname"), ("given_name", "postcode"),
                ("surname", "postcode"), ("surname", "street_number"), ("address_1",),
                ("street_number", "postcode"), ("suburb", "given_name"), ("suburb", "street_number")]
    training = [("date_of_birth",), ("given_name", "surname")]
    return comparisons, blocking, training


def dutch():
    comparisons = [
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("initials", [1]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("postcode", [1]),
        cl.LevenshteinAtThresholds("number", [1]),
        cl.ExactMatch("suffix"),
        cl.ExactMatch("phone"),
        cl.ExactMatch("email"),
    ]
    blocking = [("postcode", "number"), ("surname", "birth"), ("phone",), ("email",),
                ("birth", "initials"), ("surname", "initials", "postcode")]
    training = [("postcode", "number"), ("surname", "birth")]
    return comparisons, blocking, training


def read(table):
    """The frame, and whether it is Dutch. Names and codes in small letters, as its guide advises."""
    frame = pd.read_csv(table, dtype=str, skipinitialspace=True, keep_default_na=False)
    frame.columns = [column.strip() for column in frame.columns]
    if "rec_id" in frame.columns:
        return frame.rename(columns={"rec_id": "id"}), False
    plain = {"surname": "achternaam", "initials": "voorletters", "birth": "geboortedatum",
             "number": "huisnummer", "suffix": "huisnummertoevoeging", "postcode": "postcode",
             "phone": "telefoonnummer", "email": "email"}
    made = pd.DataFrame({"id": frame["id"]})
    for name, column in plain.items():
        made[name] = frame["client." + column].str.lower().str.replace(r"[ .\-]", "", regex=True)
    made["phone"] = made["phone"].str[-9:]
    return made, True


def main(table, folder):
    frame, is_dutch = read(table)
    frame = frame.apply(lambda column: column.str.strip()).replace("", None)
    frame.insert(0, "unique_id", range(len(frame)))
    comparisons, blocking, training = dutch() if is_dutch else febrl()
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in blocking])
    linker = Linker(frame, settings, DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in training], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        clusters = clusters.as_pandas_dataframe()
        person_of = dict(zip(clusters["unique_id"], clusters["cluster_id"]))
        out = pd.DataFrame({"id": frame["id"],
                            "person_id": [person_of[i] for i in frame["unique_id"]]})
        out["household_id"] = out["person_id"]
        out.to_csv(Path(folder) / f"splink-{threshold}.csv", index=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
