//! The words that the newsroom's stories are made of.

/// A language of the benchmark's `site.toml`.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    /// The paper's name, as in `site.toml`.
    pub(crate) title: &'static str,
    /// Separated by spaces.
    pub(crate) words: &'static str,
}

pub(crate) const LANGUAGES: [Language; 3] = [
    Language {
        code: "ua",
        title: "Північний вісник",
        words: "вода міст ґанок об’єкт сім’я їжа євро сьогодні зранку мешканці громада рада рішення \
                 бюджет лікарня школа вулиця електрика світло вітер сніг дощ поле врожай пшениця елеватор \
                 потяг автобус дорога річка пором берег ліс парк музей бібліотека книжка вистава театр \
                 учені дослідження відкриття комета зоря переговори угода посол міністр уряд закон голова \
                 заявив повідомила розповіли планують відкрили завершили почалося триватиме зросла зменшився \
                 уперше знову після перед через біля навколо замість разом щороку восени взимку понад \
                 мільйонів гривень кілометрів людей відсотків учасників обласний міський новий старий \
                 великий невеликий довгий короткий спільний державний м’ята п’ятниця в’язень подвір’я",
    },
    ENGLISH,
    Language {
        code: "ru",
        title: "Северный вестник",
        words: "вода мост крыльцо объект семья еда евро сегодня утром жители община совет решение \
                 бюджет больница школа улица электричество свет ветер снег дождь поле урожай пшеница элеватор \
                 поезд автобус дорога река паром берег лес парк музей библиотека книга спектакль театр \
                 учёные исследование открытие комета звезда переговоры соглашение посол министр правительство закон глава \
                 заявил сообщила рассказали планируют открыли завершили началось продлится выросла уменьшился \
                 впервые снова после перед через возле вокруг вместо вместе ежегодно осенью зимой свыше \
                 миллионов гривен километров людей процентов участников областной городской новый старый \
                 большой небольшой длинный короткий совместный государственный мята пятница ёлка двор",
    },
];

/// Slugs are made of its words.
pub(crate) const ENGLISH: Language = Language {
    code: "en",
    title: "Northern Herald",
    words: "water bridge porch object family food euro today morning residents community council decision \
             budget hospital school street power light wind snow rain field harvest wheat elevator \
             train bus road river ferry bank forest park museum library book play theatre \
             scientists research discovery comet star talks agreement ambassador minister government law chair \
             said reported told plan opened finished began continues rose fell \
             first again after before through near around instead together yearly autumn winter over \
             million hryvnias kilometres people percent participants regional city new old \
             large small long short joint national mint friday prisoner courtyard",
};

/// Something with an identity, and its names in the order of [`LANGUAGES`].
pub(crate) struct Name {
    pub(crate) id: &'static str,
    pub(crate) names: [&'static str; 3],
}

const fn name(id: &'static str, names: [&'static str; 3]) -> Name {
    Name { id, names }
}

pub(crate) const SECTIONS: [Name; 8] = [
    name("politics", ["Політика", "Politics", "Политика"]),
    name("economy", ["Економіка", "Economy", "Экономика"]),
    name("society", ["Суспільство", "Society", "Общество"]),
    name("culture", ["Культура", "Culture", "Культура"]),
    name("science", ["Наука", "Science", "Наука"]),
    name("sport", ["Спорт", "Sport", "Спорт"]),
    name("world", ["Світ", "World", "Мир"]),
    name("opinion", ["Думки", "Opinion", "Мнения"]),
];

/// Together with [`PLACES`] they are the tags.
pub(crate) const SUBJECTS: [Name; 20] = [
    name("energy", ["Енергетика", "Energy", "Энергетика"]),
    name("health", ["Охорона здоров’я", "Health", "Здравоохранение"]),
    name("schools", ["Школи", "Schools", "Школы"]),
    name("roads", ["Дороги", "Roads", "Дороги"]),
    name("railways", ["Залізниця", "Railways", "Железная дорога"]),
    name("budget", ["Бюджет", "Budget", "Бюджет"]),
    name("courts", ["Суди", "Courts", "Суды"]),
    name("elections", ["Вибори", "Elections", "Выборы"]),
    name("farming", ["Сільське господарство", "Farming", "Сельское хозяйство"]),
    name("rivers", ["Річки", "Rivers", "Реки"]),
    name("weather", ["Погода", "Weather", "Погода"]),
    name("museums", ["Музеї", "Museums", "Музеи"]),
    name("theatre", ["Театр", "Theatre", "Театр"]),
    name("books", ["Книжки", "Books", "Книги"]),
    name("football", ["Футбол", "Football", "Футбол"]),
    name("space", ["Космос", "Space", "Космос"]),
    name("trade", ["Торгівля", "Trade", "Торговля"]),
    name("housing", ["Житло", "Housing", "Жильё"]),
    name("volunteers", ["Волонтери", "Volunteers", "Волонтёры"]),
    name("defence", ["Оборона", "Defence", "Оборона"]),
];

pub(crate) const PLACES: [Name; 20] = [
    name("kyiv", ["Київ", "Kyiv", "Киев"]),
    name("chernihiv", ["Чернігів", "Chernihiv", "Чернигов"]),
    name("sumy", ["Суми", "Sumy", "Сумы"]),
    name("poltava", ["Полтава", "Poltava", "Полтава"]),
    name("kharkiv", ["Харків", "Kharkiv", "Харьков"]),
    name("dnipro", ["Дніпро", "Dnipro", "Днепр"]),
    name("odesa", ["Одеса", "Odesa", "Одесса"]),
    name("mykolaiv", ["Миколаїв", "Mykolaiv", "Николаев"]),
    name("kherson", ["Херсон", "Kherson", "Херсон"]),
    name("zaporizhzhia", ["Запоріжжя", "Zaporizhzhia", "Запорожье"]),
    name("lviv", ["Львів", "Lviv", "Львов"]),
    name("lutsk", ["Луцьк", "Lutsk", "Луцк"]),
    name("rivne", ["Рівне", "Rivne", "Ровно"]),
    name("zhytomyr", ["Житомир", "Zhytomyr", "Житомир"]),
    name("vinnytsia", ["Вінниця", "Vinnytsia", "Винница"]),
    name("ternopil", ["Тернопіль", "Ternopil", "Тернополь"]),
    name("uzhhorod", ["Ужгород", "Uzhhorod", "Ужгород"]),
    name("chernivtsi", ["Чернівці", "Chernivtsi", "Черновцы"]),
    name("cherkasy", ["Черкаси", "Cherkasy", "Черкассы"]),
    name("kropyvnytskyi", ["Кропивницький", "Kropyvnytskyi", "Кропивницкий"]),
];

pub(crate) const FIRST_NAMES: [Name; 8] = [
    name("olena", ["Олена", "Olena", "Елена"]),
    name("taras", ["Тарас", "Taras", "Тарас"]),
    name("mariia", ["Марія", "Mariia", "Мария"]),
    name("yurii", ["Юрій", "Yurii", "Юрий"]),
    name("solomiia", ["Соломія", "Solomiia", "Соломия"]),
    name("andrii", ["Андрій", "Andrii", "Андрей"]),
    name("yevheniia", ["Євгенія", "Yevheniia", "Евгения"]),
    name("bohdan", ["Богдан", "Bohdan", "Богдан"]),
];

pub(crate) const LAST_NAMES: [Name; 5] = [
    name("koval", ["Коваль", "Koval", "Коваль"]),
    name("melnyk", ["Мельник", "Melnyk", "Мельник"]),
    name("hrytsenko", ["Гриценко", "Hrytsenko", "Гриценко"]),
    name("savchuk", ["Савчук", "Savchuk", "Савчук"]),
    name("dovzhenko", ["Довженко", "Dovzhenko", "Довженко"]),
];
