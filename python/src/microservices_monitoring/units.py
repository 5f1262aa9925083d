"""Base units. A value of a metric in one of them has its type, so that none is taken for another."""

from typing import NewType

Seconds = NewType("Seconds", float)
Bytes = NewType("Bytes", float)
Dollars = NewType("Dollars", float)
Euros = NewType("Euros", float)
Ratio = NewType("Ratio", float)
Meters = NewType("Meters", float)
Celsius = NewType("Celsius", float)
Joules = NewType("Joules", float)
