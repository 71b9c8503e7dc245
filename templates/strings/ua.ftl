### The words of the interface in Ukrainian. All languages have the same keys; templates write
### {{ t(key="…") }}. The syntax is Fluent's: https://projectfluent.org/fluent/guide/

## The skeleton of every page

skip-to-content = Перейти до вмісту
# The names of three groups of links, for screen readers: languages, sections, about-site
languages = Мови
sections = Розділи
about-site = Про сайт
front-page = Головна
all-news = Усі новини
tags = Теми
about = Про видання
standards = Редакційні правила
contacts = Контакти

## The switcher, where a page does not exist in this language. Shown on pages of the other languages, to whoever reads this one

not-available = немає
no-story-in-language = Цього матеріалу немає українською. Посилання веде на найближчу сторінку українською мовою.
no-page-in-language = Цієї сторінки немає українською. Посилання веде на найближчу сторінку українською мовою.

## Lists

latest-news = Останні новини
# Headlines that belong to the lead of a front page, for screen readers
related-stories = На цю тему
no-stories = Тут поки що немає новин.
# $n: how many
story-count = { $n ->
    [one] { $n } новина
    [few] { $n } новини
    [many] { $n } новин
   *[other] { $n } новини
    }
# The name of the links to newer and older pages, for screen readers
pages = Сторінки списку
newer = Новіші
older = Старіші
# $number: of the page, counted from the oldest
page-number = Сторінка { $number }
# In the window's title. $title: the name of the list
numbered-title = { $title }, сторінка { $number }
# Tags that often stand beside a tag
related-tags = Пов’язані теми
# The line of letters above an index, for screen readers
letters = Літери абетки
# Above the name of an author
authors = Автори
# Above the name of a month
archive = Архів
# An author's own page elsewhere
website = Власна сторінка
# $year: four digits
months-of-year = { $year } рік
other-years = Інші роки
# The columns of a table, for screen readers
month = Місяць
number-of-stories = Кількість новин

## Descriptions for search engines, where the newsroom wrote none. $name: of the section, tag, author or month; $site: the site's title

description-news = Усі новини видання «{ $site }», найновіші вгорі.
description-section = { $name }: новини видання «{ $site }».
description-tag = { $name }: усе, що написав про це «{ $site }».
description-author = { $name }: тексти у виданні «{ $site }».
description-month = { $name }: усі новини видання «{ $site }» за місяць.
description-tags = Теми видання «{ $site }» за абеткою.

## Articles

# What kind of article it is, above its headline; of news nothing is said
genre-analysis = Аналітика
genre-opinion = Думка
genre-reportage = Репортаж
genre-explainer = Пояснюємо
# Before the names of the authors
by = Текст:
# Before a date, and a sentence's beginning
updated = Оновлено
# Beside the date. $n: minutes, abbreviated
reading-time = { $n } хв читання
# Above the list of what matters most in a text
key-points = Головне
# Above links to other stories
read-also = Читайте також
# Above news of great urgency, and on their articles
breaking = Терміново
# A whole sentence in this language, shown on pages of the others
read-this-story = Читати цей матеріал українською
# Before names of languages, each in itself. $n: how many
missing-editions = { $n ->
    [1] Цього матеріалу немає такою мовою:
   *[other] Цього матеріалу немає такими мовами:
    }
original-language = Мова оригіналу:
# $credit: who made it
photo-credit = Фото: { $credit }
# The same for a picture that does not show the event itself
illustration-credit = Ілюстрація: { $credit }
# The same when nobody says who made it
illustration = Ілюстративне зображення
# Before names. $n: how many
sources = { $n ->
    [1] Джерело:
   *[other] Джерела:
    }
# Above what was mended in a text. $n: how many mistakes
corrections = Виправлення
# Above links to social networks
share = Поділитися
share-by-mail = Поштою
# $month: «грудень 2025»
archive-of-month = Архів: { $month }

## Videos, posts and pictures in the text

# The name of a row of pictures, for screen readers
gallery = Фотогалерея
previous-picture = Попередній знімок
next-picture = Наступний знімок
video = Відео
# $provider: YouTube, Vimeo
video-on = Відео на { $provider }
# $credit: who made it
video-credit = Відео: { $credit }
# On buttons that load what stands on another website
show-video = Показати відео
show-post = Показати допис
# Below them, a whole sentence. $provider: YouTube, Vimeo, Telegram
embed-note = Завантажується з { $provider }: цей сервіс дізнається вашу IP-адресу і те, що ви були на цьому сайті.
# $provider: Telegram
post-on = Допис у { $provider }
# $author: who wrote it
post-by = { $author }: допис у { $provider }

## An unknown address

not-found = Сторінку не знайдено
not-found-advice = Можливо, її перенесли або в адресі є помилка. Пошукайте потрібне серед останніх новин або в розділах.

## Inside the text of an article, for screen readers: the program itself asks for these

footnotes = Примітки
# A footnote's number follows
back-to-reference = Назад до посилання
table = Таблиця
# What the boxes of a list of tasks say to those who cannot see them
task-done = Зроблено
task-open = Не зроблено
