latest = Последние новости
tags = Темы
not-found = Страница не найдена
footnotes = Примечания
back-to-reference = Назад к тексту
table = Таблица
