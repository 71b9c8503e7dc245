latest = Останні новини
tags = Теми
not-found = Сторінку не знайдено
footnotes = Примітки
back-to-reference = Назад до тексту
table = Таблиця
