"""The press desk's reader: an article goes in, proposals come out, each tied to its words.

A reader is a pure function of a text, its language, what is already known and a reference date. It proposes; a person confirms. Nothing
here
writes to any record.

>>> from datetime import date
>>> from comity.press.readers import read
>>> reading = read("The speaker said that the two houses meet in May.", "en", reference_date=date(2026, 3, 2))
>>> [reading.text_of(s.span, "The speaker said that the two houses meet in May.") for s in reading.statements]
['the two houses meet in May']
"""
