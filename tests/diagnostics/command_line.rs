//! Wrong usage, and help.

use insta::assert_snapshot;

use crate::support::TestSite;

#[test]
fn wrong_usage_exits_with_2() {
    let site = TestSite::new("");
    let says = |arguments: &[&str]| site.visti(arguments).problems(2).to_owned();
    assert_snapshot!(says(&["build", "--drafs"]), @r"
    error: unexpected argument '--drafs' found

      tip: a similar argument exists: '--drafts'

    Usage: visti build --drafts

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["bulid"]), @r"
    error: unrecognized subcommand 'bulid'

      tip: a similar subcommand exists: 'build'

    Usage: visti <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--now", "yesterday"]), @r"
    error: invalid value 'yesterday' for '--now <RFC3339>': write date, time and offset, such as 2025-12-19T20:31:00+02:00

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--now", "2025-12-19T20:31:00"]), @r"
    error: invalid value '2025-12-19T20:31:00' for '--now <RFC3339>': write date, time and offset, such as 2025-12-19T20:31:00+02:00

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--base-url", "news.example.org"]), @r"
    error: invalid value 'news.example.org' for '--base-url <URL>': `news.example.org` does not begin with `https://` or `http://`

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--jobs", "0"]), @r"
    error: invalid value '0' for '--jobs <N>': 0 is not in 1..=1024

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--skip-broken", "--strict"]), @r"
    error: the argument '--skip-broken' cannot be used with '--strict'

    Usage: visti build --skip-broken

    For more information, try '--help'.
    ");
    assert_snapshot!(says(&["build", "--message-format", "xml"]), @r"
    error: invalid value 'xml' for '--message-format <FORMAT>'
      [possible values: human, json]

    For more information, try '--help'.
    ");
}

#[test]
fn help_is_written_for_editors() {
    let site = TestSite::new("");
    let help = |arguments: &[&str]| {
        let text = site.visti(arguments).succeeded().stdout;
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(help(&["--help"]), @r"
    Static site generator for newsrooms that publish in Ukrainian, English and Russian

    Usage: visti <COMMAND>

    Commands:
      build   Write the whole site to a folder that any web server can publish
      serve   Show the site in a browser while it is being written
      status  Say which stories there are in which languages, and which translations are out
              of date
      next    Say when the site changes next without an edit, for a timer to build then

    Options:
      -h, --help     Print help
      -V, --version  Print version
    ");
    assert_snapshot!(help(&["build", "--help"]), @r"
    Write the whole site to a folder that any web server can publish

    Reads site.toml, content/, templates/ and static/. If anything is wrong, says where and
    what to do, and leaves what is published as it is.

    Usage: visti build [OPTIONS]

    Options:
          --root <DIR>
              The site's folder, which holds site.toml

              [default: .]

          --output <DIR>
              Where to write the site [default: public in the site's folder]

          --base-url <URL>
              The address the site will have, instead of base_url in site.toml

          --drafts
              Publish drafts too

          --future
              Publish articles too whose date is still to come

          --now <RFC3339>
              Build as if it were this moment, such as 2025-12-19T20:31:00+02:00

          --no-cache
              Use nothing of the last build: read and render everything, and compare every
              published file

          --explain <PAGE>
              Say why a page was rendered again: a URL, or a path in the output folder

          --changed-list <FILE>
              Write the changed and deleted paths to a file, for rsync, object stores and CDNs

              A line for each path: A (added), M (modified) or D (deleted), a tab, the path in
              the output folder. Old names of fingerprinted style sheets and scripts come
              last.

          --skip-broken
              Leave articles with errors out, like drafts, and publish everything else

              The errors are reported all the same, and the exit status is 1. Errors of
              templates, site.toml or the vocabulary still keep everything from being
              published, and so do errors in more than a tenth of all articles.

          --profile[=<FORMAT>]
              Say where the time went: stages, and the slowest templates, queries and pages

              Possible values:
              - table: As a table, for people
              - json:  As one JSON object on one line

          --strict
              Treat warnings as errors

          --jobs <N>
              How many threads to use [default: one per processor]

          --wait
              If another build is writing to the same folder, wait for it instead of giving up

          --message-format <FORMAT>
              How to report problems

              Possible values:
              - human: With excerpts, for people, on the standard error stream
              - json:  One JSON object a line, on the standard output

              [default: human]

      -q, --quiet
              Say nothing but problems

      -h, --help
              Print help (see a summary with '-h')
    ");
}
