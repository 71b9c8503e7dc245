### The words of the interface in Russian. All languages have the same keys; templates write
### {{ t(key="…") }}. The syntax is Fluent's: https://projectfluent.org/fluent/guide/

## The skeleton of every page

skip-to-content = Перейти к содержанию
# The names of three groups of links, for screen readers: languages, sections, about-site
languages = Языки
sections = Разделы
about-site = О сайте
front-page = Главная
all-news = Все новости
tags = Темы
about = Об издании
standards = Редакционные правила
contacts = Контакты

## The switcher, where a page does not exist in this language. Shown on pages of the other languages, to whoever reads this one

not-available = нет
no-story-in-language = Этого материала нет на русском. Ссылка ведет на ближайшую страницу на русском языке.
no-page-in-language = Этой страницы нет на русском. Ссылка ведет на ближайшую страницу на русском языке.

## Lists

latest-news = Последние новости
# Headlines that belong to the lead of a front page, for screen readers
related-stories = По теме
no-stories = Здесь пока нет новостей.
# $n: how many
story-count = { $n ->
    [one] { $n } новость
    [few] { $n } новости
    [many] { $n } новостей
   *[other] { $n } новости
    }
# The name of the links to newer and older pages, for screen readers
pages = Страницы списка
newer = Новее
older = Старее
# $number: of the page, counted from the oldest
page-number = Страница { $number }
# In the window's title. $title: the name of the list
numbered-title = { $title }, страница { $number }
# Tags that often stand beside a tag
related-tags = Связанные темы
# The line of letters above an index, for screen readers
letters = Буквы алфавита
# Above the name of an author
authors = Авторы
# Above the name of a month
archive = Архив
# An author's own page elsewhere
website = Личная страница
# $year: four digits
months-of-year = { $year } год
other-years = Другие годы
# The columns of a table, for screen readers
month = Месяц
number-of-stories = Количество новостей

## Descriptions for search engines, where the newsroom wrote none. $name: of the section, tag, author or month; $site: the site's title

description-news = Все новости издания «{ $site }», новые сверху.
description-section = { $name }: новости издания «{ $site }».
description-tag = { $name }: все, что написал об этом «{ $site }».
description-author = { $name }: тексты в издании «{ $site }».
description-month = { $name }: все новости издания «{ $site }» за месяц.
description-tags = Темы издания «{ $site }» по алфавиту.

## Articles

# What kind of article it is, above its headline; of news nothing is said
genre-analysis = Аналитика
genre-opinion = Мнение
genre-reportage = Репортаж
genre-explainer = Объясняем
# Before the names of the authors
by = Текст:
# Before a date, and a sentence's beginning
updated = Обновлено
# Beside the date. $n: minutes, abbreviated
reading-time = { $n } мин чтения
# Above the list of what matters most in a text
key-points = Главное
# Above links to other stories
read-also = Читайте также
# Above news of great urgency, and on their articles
breaking = Срочно
# A whole sentence in this language, shown on pages of the others
read-this-story = Читать этот материал на русском
# Before names of languages, each in itself. $n: how many
missing-editions = { $n ->
    [1] Этого материала нет на языке:
   *[other] Этого материала нет на языках:
    }
original-language = Язык оригинала:
# $credit: who made it
photo-credit = Фото: { $credit }
# The same for a picture that does not show the event itself
illustration-credit = Иллюстрация: { $credit }
# The same when nobody says who made it
illustration = Иллюстративное изображение
# Before names. $n: how many
sources = { $n ->
    [1] Источник:
   *[other] Источники:
    }
# Above what was mended in a text. $n: how many
corrections = { $n ->
    [1] Исправление
   *[other] Исправления
    }
# Above links to social networks
share = Поделиться
share-by-mail = По почте
# $month: «грудень 2025»
archive-of-month = Архив: { $month }

## Videos, posts and pictures in the text

# The name of a row of pictures, for screen readers
gallery = Фотогалерея
previous-picture = Предыдущий снимок
next-picture = Следующий снимок
video = Видео
# $provider: YouTube, Vimeo
video-on = Видео на { $provider }
# $credit: who made it
video-credit = Видео: { $credit }
# On buttons that load what stands on another website
show-video = Показать видео
show-post = Показать пост
# Below them, a whole sentence. $provider: YouTube, Vimeo, Telegram
embed-note = Загружается с { $provider }: этот сервис узнает ваш IP-адрес и то, что вы были на этом сайте.
# $provider: Telegram
post-on = Пост в { $provider }
# $author: who wrote it
post-by = { $author }: пост в { $provider }

## An unknown address

not-found = Страница не найдена
not-found-advice = Возможно, ее перенесли или в адресе ошибка. Поищите нужное среди последних новостей или в разделах.

## Inside the text of an article, for screen readers: the program itself asks for these

footnotes = Примечания
# A footnote's number follows
back-to-reference = Назад к ссылке
table = Таблица
# What the boxes of a list of tasks say to those who cannot see them
task-done = Сделано
task-open = Не сделано
