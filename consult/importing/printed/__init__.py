"""PDF (ISO 32000): pages for printing, from which the text is gathered again.

A file that says what its parts are (tagged PDF) is taken at its word; from any other the order of
reading, paragraphs and headings are worked out from where the letters stand and what they look
like. Lengths are in points, from the lower left corner of the page as it is read.
"""
