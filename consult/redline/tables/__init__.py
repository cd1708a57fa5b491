"""The redline of tables: rows and columns that came or went are rows and columns, not words in a cell.

`reading` takes sanitised HTML apart, `matching` finds which rows and columns are which, `marking`
writes both tables as one.
"""

from consult.redline.tables.marking import Mark, Marks, over_table, whole_table

__all__ = ["Mark", "Marks", "over_table", "whole_table"]
