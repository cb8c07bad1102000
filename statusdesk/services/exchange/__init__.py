"""Tables in and out: files become typed rows, and rows become files; knows no screen and no database.

`reading` opens a table and says what it seems to be, `mapping` matches its columns to fields, `interpreting`
turns its cells into values, `writing` saves rows, `refused` saves what could not be brought in.
"""
