"""The XML of parliaments and gazettes: Akoma Ntoso, USLM, the Federal Register's own.

Such a file says what each part is. It is rendered as HTML and read like a page, as Markdown is.
"""
