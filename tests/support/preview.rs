//! [`Preview`]: a running `visti serve`, and requests to it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::TestSite;

/// How long a test waits for what must come.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// A running `visti serve`; ended when it is dropped.
pub(crate) struct Preview {
    child: Child,
    /// `127.0.0.1:41234`.
    pub(crate) address: String,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Preview {
    /// Starts `visti serve` at a free port and waits until it answers.
    pub(crate) fn start(site: &TestSite, arguments: &[&str]) -> Self {
        let mut all = vec!["serve", "--port", "0"];
        all.extend(arguments);
        Self::run(site, &all)
    }

    /// Starts it at the usual port, or the next that is free.
    pub(crate) fn start_at_usual_port(site: &TestSite) -> Self {
        Self::run(site, &["serve"])
    }

    fn run(site: &TestSite, all: &[&str]) -> Self {
        Self::of(site.command(all))
    }

    /// Runs a command that is `visti serve`.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = gather(child.stdout.take().unwrap());
        let stderr = gather(child.stderr.take().unwrap());
        let mut preview = Self { child, address: String::new(), stdout, stderr };
        preview.wait_for("the address", |preview| preview.stdout().contains("Ctrl-C"));
        let text = preview.stdout();
        let url = text.split("Preview: http://").nth(1).unwrap();
        preview.address = url.split('/').next().unwrap().trim().to_owned();
        preview
    }

    /// What it has said so far.
    pub(crate) fn stdout(&self) -> String {
        self.stdout.lock().unwrap().clone()
    }

    /// The problems that it has told so far.
    pub(crate) fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until something is so.
    #[track_caller]
    pub(crate) fn wait_for<T>(&mut self, what: &str, is_so: impl Fn(&Self) -> T) -> T
    where
        T: Truth,
    {
        let start = Instant::now();
        loop {
            let is = is_so(self);
            if is.is_true() {
                return is;
            }
            let has_ended = self.child.try_wait().unwrap().is_some();
            assert!(
                start.elapsed() < LIMIT && !has_ended,
                "{what} did not come{}\n{}{}",
                if has_ended { ": the program has ended" } else { "" },
                self.stdout(),
                self.stderr(),
            );
            thread::sleep(Duration::from_millis(3));
        }
    }

    /// Whether something comes to be so.
    pub(crate) fn becomes(&self, is_so: &dyn Fn(&Self) -> bool) -> bool {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            if is_so(self) {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// `GET`.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[])
    }

    /// A request with more header lines.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Reply {
        let host = format!("Host: {}", self.address);
        let mut all = vec!["Connection: close"];
        if !headers.iter().any(|line| line.to_lowercase().starts_with("host:")) {
            all.push(&host);
        }
        all.extend(headers);
        let mut stream = self.connect();
        write!(stream, "{method} {path} HTTP/1.1\r\n{}\r\n\r\n", all.join("\r\n")).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an HTTP answer");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut body = bytes[end + 4..].to_vec();
        if head.to_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body }
    }

    /// Opens a page as a browser does, and its stream of events.
    pub(crate) fn open(&self, path: &str) -> OpenPage {
        self.listen(path, self.get(path))
    }

    /// Opens the stream of events of a page that was got before.
    pub(crate) fn listen(&self, path: &str, page: Reply) -> OpenPage {
        let html = page.text();
        let data = |name: &str| {
            let value = html.split(&format!("data-{name}=\"")).nth(1);
            value.expect("the page has the script").split('"').next().unwrap()
        };
        let (version, told) = (data("version"), data("told"));
        let mut stream = self.connect();
        let url = format!("/_visti/events?url={path}&version={version}&told={told}");
        write!(stream, "GET {url} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        OpenPage { first: page, text: gather(stream) }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream
    }

    /// The process.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A page that is open in a browser.
pub(crate) struct OpenPage {
    /// The page when it was opened.
    pub(crate) first: Reply,
    text: Arc<Mutex<String>>,
}

impl OpenPage {
    /// The data of all events of a kind so far, as JSON.
    pub(crate) fn events(&self, kind: &str) -> Vec<serde_json::Value> {
        let text = self.text.lock().unwrap().clone();
        let mut lines = text.lines();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            if line == format!("event: {kind}") {
                let data = lines.find_map(|line| line.strip_prefix("data: "));
                let value = data.and_then(|data| serde_json::from_str(data).ok());
                found.extend(value.map(|value: serde_json::Value| value[kind].clone()));
            }
        }
        found
    }

    /// What it shows now.
    pub(crate) fn html(&self) -> String {
        match self.events("page").last() {
            Some(page) => page["html"].as_str().unwrap().to_owned(),
            None => self.first.page(),
        }
    }

    /// How often it was shown anew.
    pub(crate) fn n_updates(&self) -> usize {
        self.events("page").len()
    }

    /// The errors that it shows over the page; `None` before it was told.
    pub(crate) fn problems(&self) -> Option<Vec<String>> {
        let all = self.events("problems");
        let texts = all
            .last()?
            .as_array()?
            .iter()
            .map(|problem| problem["text"].as_str().unwrap().to_owned());
        Some(texts.collect())
    }
}

/// What may be waited for.
pub(crate) trait Truth {
    fn is_true(&self) -> bool;
}

impl Truth for bool {
    fn is_true(&self) -> bool {
        *self
    }
}

impl<T> Truth for Option<T> {
    fn is_true(&self) -> bool {
        self.is_some()
    }
}

impl Reply {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The body as text.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The page as a build would have it: without the preview's script.
    #[track_caller]
    pub(crate) fn page(&self) -> String {
        without_script(&self.text())
    }
}

/// A page without the script that the preview adds.
pub(crate) fn without_script(html: &str) -> String {
    const START: &str = "<script src=\"";
    const END: &str = "</script>";
    let Some(at) = html.rfind("/_visti/reload.js\"") else { return html.to_owned() };
    let start = html[..at].rfind(START).expect("the script's element begins");
    let end = start + html[start..].find(END).expect("the script's element ends") + END.len();
    format!("{}{}", &html[..start], &html[end..])
}

fn gather(mut stream: impl std::io::Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let into = text.clone();
    thread::spawn(move || {
        let mut reader = BufReader::new(&mut stream);
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
            into.lock().unwrap().push_str(&line);
            line.clear();
        }
    });
    text
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return all;
        }
        all.extend(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}
