"""Joint texts in equally authentic languages: structure, the signed form, alignment, checks, redlines, agreed language.

The room is pure: it reads and returns values. `model` says what a text is, `akn` is the form that is signed, `structure` and `imports`
read what people write, `render` lays the languages side by side, `align` and `checks` tell where they do not agree.
"""
