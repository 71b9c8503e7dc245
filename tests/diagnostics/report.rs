//! The report as a whole: order, status, JSON.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::TestSite;

const SEVERAL: &str = "
-- content/ua/b.md --
+++
title = 'Друга'
date = 2025-12-01
tags = ['Санкції']
+++
Читайте [це](nothing.md).

![](nothing.jpg)
-- content/ua/a.md --
+++
tilte = 'Перша'
date = 2025-02-30
+++
-- templates/404.html --
<h1>{{ heading }}</h1>
-- templates/strings/en.ftl --
news = News
";

#[test]
fn problems_of_several_files_are_reported_in_one_run_sorted_by_place() {
    let site = TestSite::new(SEVERAL);
    let run = site.build(&["--message-format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let lines: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let brief: Vec<String> = lines
        .iter()
        .map(|line| {
            let of = |key: &str| line[key].to_string().replace('"', "");
            format!(
                "{}:{}:{} {}[{}]",
                of("file"),
                of("line"),
                of("column"),
                of("severity"),
                of("id")
            )
        })
        .collect();
    assert_snapshot!(brief.join("\n"), @r"
    content/ua/a.md:2:1 warning[unknown-key]
    content/ua/a.md:3:8 error[bad-date]
    content/ua/b.md:4:9 warning[undeclared-term]
    content/ua/b.md:6:9 error[broken-link]
    content/ua/b.md:8:1 error[missing-picture]
    content/ua/b.md:8:1 warning[missing-alt]
    templates/404.html:1:8 error[template]
    templates/strings/en.ftl:null:null warning[missing-string]
    ");
    assert_eq!(site.published(), [""; 0]);
}

#[test]
fn a_line_of_json_has_the_promised_keys() {
    let site = TestSite::new(SEVERAL);
    let run = site.build(&["--message-format=json"]);
    for line in run.stdout.lines() {
        let object: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
        let keys: Vec<&str> = object.keys().map(String::as_str).collect();
        let promised = [
            "severity",
            "id",
            "message",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "excerpt",
            "help",
        ];
        assert_eq!(keys.iter().filter(|key| **key != "related").count(), promised.len());
        for key in promised {
            assert!(object.contains_key(key), "{key} in {line}");
        }
    }
}

#[test]
fn columns_of_json_count_characters_from_1() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Ґанок 🎉 [ї](nothing.md)
",
    );
    let run = site.build(&["--message-format=json"]);
    assert_snapshot!(run.stdout, @r#"{"severity":"error","id":"broken-link","message":"there is no article `nothing.md`","file":"content/ua/talks.md","line":5,"column":9,"end_line":5,"end_column":24,"excerpt":"Ґанок 🎉 [ї](nothing.md)","help":"link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder"}"#);
}

#[test]
fn related_places_are_given_too() {
    let site = TestSite::new(
        "
-- content/ua/a.md --
+++
title = 'А'
date = 2025-12-01
+++
-- content/ua/b.md --
+++
title = 'Б'
date = 2025-12-01
slug = 'a'
+++
",
    );
    assert_snapshot!(site.build(&["--message-format=json"]).stdout, @r#"{"severity":"error","id":"url-conflict","message":"two things claim the URL `/ua/a/`","file":"content/ua/b.md","line":4,"column":8,"end_line":4,"end_column":11,"excerpt":"slug = 'a'","help":"give one of them another `slug`, or rename its file","related":[{"file":"content/ua/a.md","line":null,"column":null,"text":"claimed by this file name"}]}"#);
}

#[test]
fn strict_turns_warnings_into_failure() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
tags = ['Санкції']
+++
",
    );
    let run = site.build(&["--strict"]);
    assert_snapshot!(run.problems(1), @r"
    warning[undeclared-term]: the tag `Санкції` is not declared
     --> content/ua/talks.md:4:9
      |
    4 | tags = ['Санкції']
      |         ^^^^^^^^^
      |
      = help: declare it in `content/tags.toml`, with its name in every language

    Nothing was published: 0 errors, 1 warning (`--strict` counts warnings as errors).
    ");
    assert_eq!(run.stdout, "");
    assert_eq!(site.published(), [""; 0]);
    assert_snapshot!(site.build(&[]).succeeded().stdout, @r"
                          ua     en     ru   total
    articles               1      0      0       1
    front pages            2      1      1       4
    lists of all news      1      1      1       3
    section lists          2      2      2       6
    tag lists              1      0      0       1
    month archives         1      0      0       1
    tag indexes            1      1      1       3
    404 pages              2      1      1       4
    pages                 11      6      6      23

    32 files written, 0 deleted; 0 unchanged; 1 warning; [time]
    ");
}

#[test]
fn a_template_mistake_on_every_page_is_said_once() {
    let site = TestSite::new("");
    site.edit("templates/base.html", "{{ page.canonical }}", "{{ page.canonicl }}");
    assert_snapshot!(site.build(&[]).problems(1), @r#"
    error[template]: `canonicl` is not defined
      --> templates/base.html:12:37
       |
    12 | <link rel="canonical" href="{{ page.canonicl }}">
       |                                     ^^^^^^^^ while rendering `/`, and 19 more pages
       |
       = help: did you mean `canonical`?

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_profile_names_stages_templates_queries_and_pages() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Текст.
",
    );
    let names = |profile: &Value, key: &str| -> Vec<String> {
        let all = profile[key].as_array().unwrap();
        all.iter().map(|cost| cost["name"].as_str().unwrap().to_owned()).collect()
    };
    let first = site.build(&["--quiet", "--profile=json"]).succeeded();
    let profile: Value = serde_json::from_str(&first.stdout).unwrap();
    let stages = [
        "reading",
        "looking at the output",
        "rendering",
        "pictures",
        "copying",
        "remembering",
        "publishing",
    ];
    assert_eq!(names(&profile, "stages"), stages);
    let article = profile["templates"].as_array().unwrap().iter();
    let article = article.filter(|template| template["name"] == "article.html");
    assert_eq!(article.map(|template| template["n"].as_u64().unwrap()).sum::<u64>(), 1);
    assert!(names(&profile, "pages").len() == 10, "the slowest only");
    assert!(profile["pages"].as_array().unwrap().iter().all(|page| page["n"] == 1));

    // Nothing is rendered the second time; the table then has the stages alone.
    let again = site.build(&["--quiet", "--profile"]).succeeded();
    let heads: Vec<&str> = again.stdout.split_whitespace().take(2).collect();
    assert_eq!(heads, ["stage", "seconds"]);
    assert!(!again.stdout.contains("article.html"), "{}", again.stdout);
}

/// A warning in each of so many files.
fn undeclared(n: usize) -> String {
    let article = |number| {
        format!(
            "-- content/ua/{number:02}.md --\n+++\ntitle = 'Новина {number}'\ndate = 2025-12-01\n\
             tags = ['Тема {number}']\n+++\n"
        )
    };
    (1..=n).map(article).collect()
}

#[test]
fn the_same_warning_is_shown_25_times_and_then_counted() {
    let site = TestSite::new(&undeclared(25));
    let run = site.build(&["--quiet"]);
    assert_eq!(run.problems(0).matches("warning[undeclared-term]").count(), 25);
    assert!(!run.stderr.contains('…'), "{}", run.stderr);

    let site = TestSite::new(&(undeclared(27) + "-- content/ua/a.md --\n+++\ntitle = 'А'\n+++\n"));
    let run = site.build(&["--quiet"]);
    let problems = run.problems(1);
    assert_eq!(problems.matches("warning[undeclared-term]").count(), 25);
    assert_eq!(problems.matches("error[").count(), 1);
    assert!(problems.contains("content/ua/25.md") && !problems.contains("content/ua/26.md"));
    let (_, end) = problems.split_once("\n… ").unwrap();
    assert_snapshot!(end, @r"
    and 2 more warnings [undeclared-term]: `--message-format json` lists all.

    Nothing was published: 1 error, 27 warnings.
    ");
    let lines = site.build(&["--message-format", "json"]).stdout;
    assert_eq!(lines.matches("undeclared-term").count(), 27);
    let strict = site.build(&["--quiet", "--strict"]);
    assert_eq!(strict.problems(1).matches("warning[undeclared-term]").count(), 27);
}

#[test]
fn what_was_just_written_comes_before_the_same_warning_elsewhere() {
    let site = TestSite::new(&undeclared(27));
    site.build(&["--quiet"]);
    site.edit("content/ua/27.md", "Новина", "Новини");
    let run = site.build(&["--quiet"]);
    let problems = run.problems(0);
    assert_eq!(problems.matches("warning[").count(), 25);
    assert!(problems.contains("content/ua/27.md") && !problems.contains("content/ua/25.md"));
}
