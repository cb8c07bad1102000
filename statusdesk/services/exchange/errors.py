"""What can be wrong with a file that comes in or goes out: one sentence each, with the way out."""

from statusdesk.domain.errors import Refused, StatusDeskError


class FileRefused(Refused):
    """A file that cannot be brought in as it is; nothing was changed. `file` is its name."""


class CannotRead(FileRefused):
    """The operating system does not let us read it."""

    sentence = "{file} cannot be read: {reason}. Choose another file, or ask for access to it."


class NotAFile(FileRefused):
    """A folder, a device, a pipe."""

    sentence = "{file} is not a file. Choose a file, such as accounts.csv."


class EmptyFile(FileRefused):
    """Nothing in it, or only blank lines."""

    sentence = "{file} is empty. Choose a file with a line of column names and one line for each account."


class EmptySheet(FileRefused):
    """A sheet without a single cell."""

    sentence = "The sheet “{sheet}” of {file} is empty. Choose another one of its sheets: {known}."


class NotATable(FileRefused):
    """Something else: a picture, an archive, a web page, a database."""

    sentence = "{file} is {what}, not a table. Save the table as CSV or XLSX, then choose that file."


class WrongEncoding(FileRefused):
    """Bytes that the encoding does not have. `position` counts bytes from 1."""

    sentence = (
        "{file}, line {line}: byte {position} of the file is not {encoding}. "
        "Choose the encoding that the file was saved in."
    )


class UnknownEncoding(FileRefused):
    """An encoding that nobody knows."""

    sentence = "“{encoding}” is not a known encoding. Choose one such as utf-8 or windows-1252."


class UnknownDelimiter(FileRefused):
    """A delimiter that is not one character, or one that has another meaning."""

    sentence = "“{delimiter}” cannot separate cells. Choose one character, such as a comma or a semicolon."


class UnclosedQuote(FileRefused):
    """A quoted cell goes on to the end of the file."""

    sentence = (
        "{file}, line {line}: a quotation mark opens a cell that is never closed. "
        "Close it in the file, or choose another delimiter."
    )


class StrayQuote(FileRefused):
    """Text behind the closing mark of a quoted cell."""

    sentence = (
        "{file}, line {line}: something stands between a closing quotation mark and the next cell. "
        "Double the marks inside the cell, or choose another delimiter."
    )


class CellTooLong(FileRefused):
    """A cell beyond all sense, most often an unclosed quotation mark."""

    sentence = (
        "{file}, line {line}: a cell has more than {most} characters. Shorten it, or close its quotation mark."
    )


class LineTooLong(FileRefused):
    """No line break for megabytes."""

    sentence = "{file} has a line of more than {most} MB. Save the table again with one line for each account."


class TooManyColumns(FileRefused):
    """More columns than any table of accounts has."""

    sentence = "{file} has {count} columns; {most} is the most. Remove the columns that are not needed."


class TooLarge(FileRefused):
    """A workbook that would fill the memory. Found out before anything of it is kept."""

    sentence = "{file} unpacks to more than {most} MB. Save the sheet as CSV, then choose that file."


class SheetTooWide(FileRefused):
    """A workbook with a cell far away from the others."""

    sentence = (
        "A sheet of {file} spans {rows} rows and {columns} columns. "
        "Delete the empty rows and columns behind the table, or save the sheet as CSV."
    )


class BrokenWorkbook(FileRefused):
    """A workbook that cannot be taken apart."""

    sentence = "{file} is damaged ({reason}). Open it in a spreadsheet program, save it again as XLSX, and retry."


class WorkbookLocked(FileRefused):
    """A workbook with a password."""

    sentence = "{file} is protected by a password. Save a copy without one, then choose that."


class NoSuchSheet(FileRefused):
    """No sheet by that name."""

    sentence = "{file} has no sheet named “{sheet}”. Its sheets are: {known}."


class NoSuchColumn(FileRefused):
    """No column by that name."""

    sentence = "{file} has no column named “{column}”. Its columns are: {known}."


class FileChanged(FileRefused):
    """Somebody wrote to the file between the preview and the import."""

    sentence = "{file} was changed after it was opened. Choose it again, so that the preview shows what it holds."


class NoSuchField(Refused):
    """A column was given to a field that accounts do not have."""

    sentence = "Accounts have no field named “{field}”. The fields are: {known}."


class NumberNotMapped(Refused):
    """No column gives the account number."""

    sentence = "No column is matched to the account number. Choose the one that tells accounts apart."


class StatusMadeTwice(Refused):
    """Two words ask for a new status of one name, but not for the same one."""

    sentence = "Two words make a new status named “{name}”, with different settings. Give both the same ones."


class CannotWrite(StatusDeskError):
    """The environment's fault; whatever stood under the name still stands there."""

    sentence = "{file} could not be written: {reason}. Choose another place, or make room there."


class UnknownEnding(Refused):
    """The name of a file to write does not say what it is to be."""

    sentence = "{file} ends in neither .csv nor .xlsx. Give it one of these endings: it says how to write it."


class UnknownBillEnding(Refused):
    """The name of a file for the biller does not say what it is to be."""

    sentence = (
        "{file} ends in none of .csv, .xlsx and .json. Give it one of these endings: it says how to write it."
    )


class TooManyRows(Refused):
    """More rows than a sheet can hold."""

    sentence = "A sheet holds {most} rows at most. Export fewer accounts, or choose CSV."


class TextTooLong(Refused):
    """A text that a spreadsheet would cut off."""

    sentence = "Row {row}, {column}: a cell of a workbook holds {most} characters at most. Choose CSV."


class MappingDamaged(StatusDeskError):
    """A saved mapping that cannot be read any more."""

    sentence = "The saved matching in {file} cannot be read. Match the columns again, and save them."


class NoSuchMapping(Refused):
    """No saved mapping of that name."""

    sentence = "There is no saved matching named “{name}”. The saved ones are: {known}."
