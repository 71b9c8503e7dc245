// Answers questions about a language from Node.js's own data: in { kind, language, zone, questions } as JSON,
// out one answer for each question.

const { kind, language, zone, questions } = JSON.parse(await new Response(process.stdin).text());

const parts = (options) => {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: 'h23', ...options });
  return (moment) => Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
};

const answer = {
  dates: () => {
    const day = parts({ day: 'numeric', month: 'long', year: 'numeric' });
    const time = parts({ hour: '2-digit', minute: '2-digit' });
    const [month, weekday] = [parts({ month: 'long' }), parts({ weekday: 'long' })];
    return (moment) => {
      const [d, t] = [day(moment), time(moment)];
      return [
        `${d.day} ${d.month} ${d.year}, ${t.hour}:${t.minute}`,
        month(moment).month,
        weekday(moment).weekday,
      ];
    };
  },
  plurals: () => {
    const rules = new Intl.PluralRules(language);
    return (number) => rules.select(number);
  },
  numbers: () => {
    const format = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
    return (number) => format.format(number);
  },
  order: () => {
    const collator = new Intl.Collator(language);
    return ([a, b]) => collator.compare(a, b);
  },
}[kind]();

process.stdout.write(JSON.stringify(questions.map(answer)));
