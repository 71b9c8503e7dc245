//! A status as a table for people, and as JSON for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{EditionStatus, State, Status, StoryStatus};

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Scheduled => "scheduled",
            Self::Withdrawn => "withdrawn",
            Self::Draft => "draft",
        }
    }
}

impl Status {
    /// A line for each story, then how many of all stories each language has; or what was marked.
    #[must_use]
    pub fn for_people(&self) -> String {
        let mut text = String::new();
        for file in &self.marked {
            line(&mut text, &format!("marked {file}"));
        }
        if !self.marked.is_empty() {
            return text;
        }
        let cells: Vec<Vec<String>> = self.stories.iter().map(cells).collect();
        let longest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let heads = ["story", "published", "of all"];
        let keys = self.stories.iter().map(|story| story.key.as_str());
        let key_width = longest(&mut keys.chain(heads));
        let shares: Vec<(String, String)> = self
            .shares
            .published
            .iter()
            .map(|n| (n.to_string(), format!("{} %", percent(*n, self.shares.of))))
            .collect();
        let widths: Vec<usize> = (0..self.languages.len())
            .map(|index| {
                let of_stories = cells.iter().map(|row| row[index].as_str());
                let (n, share) = &shares[index];
                longest(&mut of_stories.chain([&*self.languages[index], n, share]))
            })
            .collect();
        let mut row = |head: &str, cells: &mut dyn Iterator<Item = &str>| {
            let mut row = format!("{head:<key_width$}");
            for (cell, width) in cells.zip(&widths) {
                write!(row, "  {cell:<width$}").expect("writing to a String never fails");
            }
            line(&mut text, row.trim_end());
        };
        if !self.stories.is_empty() {
            row("story", &mut self.languages.iter().map(String::as_str));
            for (story, cells) in self.stories.iter().zip(&cells) {
                row(&story.key, &mut cells.iter().map(String::as_str));
            }
            row("", &mut std::iter::empty());
        }
        row(&format!("of {}", self.shares.of), &mut self.languages.iter().map(String::as_str));
        row("published", &mut shares.iter().map(|(n, _)| n.as_str()));
        row("of all", &mut shares.iter().map(|(_, share)| share.as_str()));
        text
    }

    /// One object; `docs/languages.md` has its form.
    #[must_use]
    pub fn json(&self) -> Value {
        let by_language = |values: Vec<Value>| -> Map<String, Value> {
            self.languages.iter().cloned().zip(values).collect()
        };
        let stories: Vec<Value> = self
            .stories
            .iter()
            .map(|story| {
                json!({
                    "story": story.key,
                    "original": self.languages[story.original.index()],
                    "editions": by_language(story.editions.iter().map(edition).collect()),
                })
            })
            .collect();
        let shares = self.shares.published.iter();
        let shares =
            shares.map(|n| json!({ "published": n, "percent": percent(*n, self.shares.of) }));
        json!({
            "stories": stories,
            "published_stories": self.shares.of,
            "languages": by_language(shares.collect()),
            "marked": self.marked,
        })
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Rounded down: 100 % is all of them.
fn percent(n: usize, of: usize) -> usize {
    (n * 100).checked_div(of).unwrap_or(0)
}

fn cells(story: &StoryStatus) -> Vec<String> {
    let cell = |(index, edition): (usize, &EditionStatus)| match edition {
        EditionStatus::Missing => "missing".to_owned(),
        EditionStatus::Present { state, is_stale, .. } => {
            let mark = match (index == story.original.index(), is_stale) {
                (true, _) => " *",
                (false, true) => ", stale",
                (false, false) => "",
            };
            format!("{}{mark}", state.name())
        }
    };
    story.editions.iter().enumerate().map(cell).collect()
}

fn edition(edition: &EditionStatus) -> Value {
    match edition {
        EditionStatus::Missing => json!({ "state": "missing" }),
        EditionStatus::Present { file, state, is_stale } => {
            json!({ "state": state.name(), "stale": is_stale, "file": file })
        }
    }
}
