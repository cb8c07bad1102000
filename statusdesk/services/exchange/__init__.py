"""Tables in and out: files become typed rows, and rows become files; knows no screen and no database.

`reading` opens a table and says what it seems to be, `mapping` matches its columns to fields, `mapping_files`
keeps that for the next file, `meaning` guesses a whole plan, `interpreting` turns cells into values, `writing`
saves records, `refused` saves what could not be brought in.
"""
