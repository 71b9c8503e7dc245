latest = Latest news
tags = Topics
not-found = Page not found
footnotes = Notes
back-to-reference = Back to the text
table = Table
