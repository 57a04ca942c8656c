"""What if the United States confirms, or does not? The odds over its chance to confirm: a table and a chart.

    pip install '.[examples]'
    python examples/odds.py odds.svg > odds.csv

The chances of Canada and Mexico are a guess (they say that they wish to extend), as every chance here is: change them.
"""

import sys
from datetime import date

import pandas as pd

import review_clock as rc

YEARS = (2027, 2029, 2032, 2036)
CHANCES = [n / 20 for n in range(1, 21)]

# A question is a day, and what is recorded, how the open points are read, what is assumed.
question = rc.ask(date(2026, 11, 24))


def odds(chance: float) -> dict[str, float]:
    """What follows where the United States confirms at each joint review with this chance."""
    outlook = rc.outlook(question, confirm={"us": chance, "ca": 0.95, "mx": 0.95}, horizon=max(YEARS))
    return {f"extended by the end of {each.year}": each.extended_by for each in outlook.years if each.year in YEARS}


table = pd.DataFrame({chance: odds(chance) for chance in CHANCES}).T
table.index.name = "chance that the United States confirms at a review"
table.to_csv(sys.stdout, float_format="%.4f")

chart = table.plot(title="USMCA, if Canada and Mexico each confirm with 95%", ylim=(0, 1), grid=True)
chart.figure.savefig(sys.argv[1] if len(sys.argv) > 1 else "odds.svg")
