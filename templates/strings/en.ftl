### The words of the interface in English. All languages have the same keys; templates write
### {{ t(key="…") }}. The syntax is Fluent's: https://projectfluent.org/fluent/guide/

## The skeleton of every page

skip-to-content = Skip to content
# The names of three groups of links, for screen readers: languages, sections, about-site
languages = Languages
sections = Sections
about-site = About this site
front-page = Front page
all-news = All news
tags = Topics
about = About us
standards = Editorial standards
contacts = Contacts

## The switcher, where a page does not exist in this language. Shown on pages of the other languages, to whoever reads this one

not-available = not available
no-story-in-language = This story is not available in English. The link leads to the nearest page in English.
no-page-in-language = This page is not available in English. The link leads to the nearest page in English.

## Lists

latest-news = Latest news
# Headlines that belong to the lead of a front page, for screen readers
related-stories = More on this
no-stories = There are no stories here yet.
# $n: how many
story-count = { $n ->
    [one] { $n } story
   *[other] { $n } stories
    }
# The name of the links to newer and older pages, for screen readers
pages = Pages of the list
newer = Newer
older = Older
# $number: of the page, counted from the oldest
page-number = Page { $number }
# In the window's title. $title: the name of the list
numbered-title = { $title }, page { $number }
# Tags that often stand beside a tag
related-tags = Related topics
# The line of letters above an index, for screen readers
letters = Letters of the alphabet
# Above the name of an author
authors = Authors
# Above the name of a month
archive = Archive
# An author's own page elsewhere
website = Website
# $year: four digits
months-of-year = { $year }
other-years = Other years
# The columns of a table, for screen readers
month = Month
number-of-stories = Number of stories

## Descriptions for search engines, where the newsroom wrote none. $name: of the section, tag, author or month; $site: the site's title

description-news = All news from { $site }, newest first.
description-section = { $name }: news from { $site }.
description-tag = { $name }: everything { $site } has written about it.
description-author = { $name }: stories in { $site }.
description-month = { $name }: the month’s news from { $site }.
description-tags = The topics of { $site } from A to Z.

## Articles

# What kind of article it is, above its headline; of news nothing is said
genre-analysis = Analysis
genre-opinion = Opinion
genre-reportage = Reportage
genre-explainer = Explainer
# Before the names of the authors
by = By
# Before a date, and a sentence's beginning
updated = Updated
# Beside the date. $n: minutes, abbreviated
reading-time = { $n } min read
# Above the list of what matters most in a text
key-points = In brief
# Above links to other stories
read-also = Read also
# Above news of great urgency, and on their articles
breaking = Breaking
# A whole sentence in this language, shown on pages of the others
read-this-story = Read this story in English
# Before names of languages, each in itself. $n: how many
missing-editions = This story is not available in:
original-language = Originally written in:
# $credit: who made it
photo-credit = Photo: { $credit }
# The same for a picture that does not show the event itself
illustration-credit = Illustration: { $credit }
# The same when nobody says who made it
illustration = Illustrative image
# Before names. $n: how many
sources = { $n ->
    [1] Source:
   *[other] Sources:
    }
# Above what was mended in a text. $n: how many
corrections = { $n ->
    [1] Correction
   *[other] Corrections
    }
# Above links to social networks
share = Share
share-by-mail = Email
# $month: «грудень 2025»
archive-of-month = Archive: { $month }

## Videos, posts and pictures in the text

# The name of a row of pictures, for screen readers
gallery = Picture gallery
previous-picture = Previous picture
next-picture = Next picture
video = Video
# $provider: YouTube, Vimeo
video-on = Video on { $provider }
# $credit: who made it
video-credit = Video: { $credit }
# On buttons that load what stands on another website
show-video = Show the video
show-post = Show the post
# Below them, a whole sentence. $provider: YouTube, Vimeo, Telegram
embed-note = It loads from { $provider }, which will learn your IP address and that you are on this site.
# $provider: Telegram
post-on = Post on { $provider }
# $author: who wrote it
post-by = { $author }: post on { $provider }

## An unknown address

not-found = Page not found
not-found-advice = It may have moved, or the address may be misspelt. Try the latest news or one of the sections.

## Inside the text of an article, for screen readers: the program itself asks for these

footnotes = Notes
# A footnote's number follows
back-to-reference = Back to reference
table = Table
# What the boxes of a list of tasks say to those who cannot see them
task-done = Done
task-open = Not done
