//! Where the time of a build went (`visti build --profile`).
//!
//! Times are always taken: a look at the clock costs less than asking whether to look. What runs at the
//! same time as something else takes its time beside it, so parts may add up to more than the whole.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

/// How many queries and pages a profile names: the slowest.
const N_SLOWEST: usize = 10;

/// Where the time of a build went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Profile {
    /// In the order in which they began.
    pub stages: Vec<Stage>,
    /// Templates of pages that were rendered, slowest first, with all that they include and ask.
    pub templates: Vec<Cost>,
    /// What templates asked, slowest first: a question is answered once, however many pages ask it.
    pub queries: Vec<Cost>,
    /// The pages that took longest.
    pub pages: Vec<Cost>,
}

/// A part of a build.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// What is done, in words for people.
    pub name: &'static str,
    /// By the clock on the wall.
    #[serde(rename = "seconds", serialize_with = "as_seconds")]
    pub took: Duration,
    /// What it consists of, if that was measured; some of it may have run at the same time.
    pub parts: Vec<Stage>,
}

/// What something took that was done several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// The template, the query as a template writes it, or the URL path of the page.
    pub name: String,
    /// How many times it was done.
    pub n: usize,
    /// All times together, on all threads.
    #[serde(rename = "seconds", serialize_with = "as_seconds")]
    pub total: Duration,
    /// The longest of them.
    #[serde(rename = "longest_seconds", serialize_with = "as_seconds")]
    pub longest: Duration,
}

fn as_seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// Does something, and says how long it took.
pub(crate) fn timed<T>(name: &'static str, work: impl FnOnce() -> T) -> (T, Stage) {
    let start = Instant::now();
    let value = work();
    (value, Stage { name, took: start.elapsed(), parts: Vec::new() })
}

impl Cost {
    /// Something that was done once.
    pub(crate) fn once(name: String, took: Duration) -> Self {
        Self { name, n: 1, total: took, longest: took }
    }

    /// Adds another time to it.
    fn add(&mut self, took: Duration) {
        self.n += 1;
        self.total += took;
        self.longest = self.longest.max(took);
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.total += other.total;
        self.longest = self.longest.max(other.longest);
    }
}

/// What rendering pages takes, counted as they are rendered.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    templates: BTreeMap<&'static str, Cost>,
    /// The slowest, and some others.
    pages: Vec<(Duration, String)>,
}

impl Tally {
    /// A page was rendered.
    pub(crate) fn add(&mut self, template: &'static str, path: &str, took: Duration) {
        match self.templates.get_mut(template) {
            Some(cost) => cost.add(took),
            None => {
                self.templates.insert(template, Cost::once(template.to_owned(), took));
            }
        }
        if self.pages.len() < N_SLOWEST || self.pages.iter().any(|(other, _)| *other < took) {
            self.pages.push((took, path.to_owned()));
            self.keep_slowest();
        }
    }

    /// Adds up two of them.
    pub(crate) fn merge(&mut self, other: Self) {
        for (template, cost) in other.templates {
            match self.templates.get_mut(template) {
                Some(own) => own.merge(&cost),
                None => {
                    self.templates.insert(template, cost);
                }
            }
        }
        self.pages.extend(other.pages);
        self.keep_slowest();
    }

    fn keep_slowest(&mut self) {
        self.pages.sort_unstable_by(|a, b| b.cmp(a));
        self.pages.truncate(N_SLOWEST);
    }

    /// Templates and pages for a profile.
    pub(crate) fn into_costs(self) -> (Vec<Cost>, Vec<Cost>) {
        let pages = self.pages.into_iter().map(|(took, path)| Cost::once(path, took));
        (slowest_first(self.templates.into_values().collect()), slowest_first(pages.collect()))
    }
}

/// The slowest first; those that took the same by name.
fn slowest_first(mut costs: Vec<Cost>) -> Vec<Cost> {
    costs.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.cmp(&b.name)));
    costs
}

/// As [`slowest_first`], only so many as people read.
pub(crate) fn slowest(costs: Vec<Cost>) -> Vec<Cost> {
    let mut costs = slowest_first(costs);
    costs.truncate(N_SLOWEST);
    costs
}

impl Profile {
    /// As a table for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = Table { rows: Vec::new() };
        table.heading("stage", "", "seconds", "");
        self.stages.iter().for_each(|stage| table.stage(stage, 0));
        for (title, costs) in
            [("template", &self.templates), ("query", &self.queries), ("page", &self.pages)]
        {
            if costs.is_empty() {
                continue;
            }
            table.heading(title, "times", "seconds", "longest");
            for cost in costs {
                table.rows.push([
                    cost.name.clone(),
                    cost.n.to_string(),
                    seconds(cost.total),
                    seconds(cost.longest),
                ]);
            }
        }
        table.text()
    }

    /// As one JSON object on one line.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("names and numbers have a form in JSON")
    }
}

/// Rows of cells: a name, and three columns of numbers.
struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// Begins a part of the table, after an empty line unless it is the first.
    fn heading(&mut self, name: &str, n: &str, total: &str, longest: &str) {
        if !self.rows.is_empty() {
            self.rows.push(Default::default());
        }
        self.rows.push([name, n, total, longest].map(str::to_owned));
    }

    fn stage(&mut self, stage: &Stage, depth: usize) {
        let name = format!("{:indent$}{}", "", stage.name, indent = 2 * depth);
        self.rows.push([name, String::new(), seconds(stage.took), String::new()]);
        stage.parts.iter().for_each(|part| self.stage(part, depth + 1));
    }

    fn text(&self) -> String {
        let width = self.rows.iter().map(|[name, ..]| name.chars().count()).max().unwrap_or(0);
        let line = |[name, n, total, longest]: &[String; 4]| {
            let line = format!("{name:<width$}{n:>9}{total:>10}{longest:>10}");
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.4}", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        let ms = Duration::from_millis;
        let part = |name, took| Stage { name, took: ms(took), parts: Vec::new() };
        let mut article = Cost::once("article.html".to_owned(), ms(2));
        article.add(ms(3));
        Profile {
            stages: vec![
                Stage { parts: vec![part("articles", 90)], ..part("reading", 120) },
                part("publishing", 7),
            ],
            templates: vec![article],
            queries: Vec::new(),
            pages: slowest(vec![
                Cost::once("/ua/b/".to_owned(), ms(2)),
                Cost::once("/ua/a/".to_owned(), ms(2)),
                Cost::once("/en/".to_owned(), ms(3)),
            ]),
        }
    }

    #[test]
    fn a_profile_is_a_table_for_people() {
        insta::assert_snapshot!(profile().table(), @r"
        stage                   seconds
        reading                  0.1200
          articles               0.0900
        publishing               0.0070

        template        times   seconds   longest
        article.html        2    0.0050    0.0030

        page            times   seconds   longest
        /en/                1    0.0030    0.0030
        /ua/a/              1    0.0020    0.0020
        /ua/b/              1    0.0020    0.0020
        ");
    }

    #[test]
    fn a_profile_is_an_object_for_programs() {
        insta::assert_snapshot!(profile().json(), @r#"{"stages":[{"name":"reading","seconds":0.12,"parts":[{"name":"articles","seconds":0.09,"parts":[]}]},{"name":"publishing","seconds":0.007,"parts":[]}],"templates":[{"name":"article.html","n":2,"seconds":0.005,"longest_seconds":0.003}],"queries":[],"pages":[{"name":"/en/","n":1,"seconds":0.003,"longest_seconds":0.003},{"name":"/ua/a/","n":1,"seconds":0.002,"longest_seconds":0.002},{"name":"/ua/b/","n":1,"seconds":0.002,"longest_seconds":0.002}]}"#);
    }
}
