//! nginx and Apache with the files that are made for them, where they are installed: what they answer.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::site_with;
use crate::support::TestSite;

/// A server that runs as long as the test.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An answer to a request.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    /// All values of a header.
    fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

impl Server {
    /// Waits until a server that was just started takes requests; `log` is shown if it ends instead.
    fn started(mut child: Child, port: u16, log: &Path) -> Self {
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let has_ended = child.try_wait().unwrap().is_some();
            let is_late = since.elapsed() > Duration::from_secs(60);
            assert!(!has_ended && !is_late, "{}", fs::read_to_string(log).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, port }
    }

    fn get(&self, path: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!("GET {path} HTTP/1.0\r\nHost: news.example.org\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        };
        Answer { status, headers: lines.map(header).collect(), body: body.to_owned() }
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// A program, if it is installed.
fn installed(program: &str) -> Option<PathBuf> {
    let found = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(program))
        .find(|path| path.exists());
    if found.is_none() {
        crate::say(&format!("{program} is not installed, so nothing is asked of it"));
    }
    found
}

/// nginx with the recipe of docs/publishing.md, but for HTTPS.
fn nginx(site: &TestSite) -> Option<Server> {
    let program = installed("nginx")?;
    let (port, root) = (free_port(), site.root().canonicalize().unwrap());
    let shown = root.display();
    let recipe = crate::recipe("nginx");
    let (before, servers) = recipe.split_once("\nserver {").unwrap();
    let (_, with_pages) = servers.split_once("\nserver {").unwrap();
    let needs_https = |line: &&str| line.contains("[::]") || line.contains("ssl_");
    let with_pages: Vec<&str> = with_pages.lines().filter(|line| !needs_https(line)).collect();
    let recipe = format!("{before}\nserver {{{}", with_pages.join("\n"))
        .replace("/srv/herald", &shown.to_string())
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"));
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {shown}/nginx-{name};\n"))
        .concat();
    let types = "types { text/html html; text/css css; application/javascript js; text/xml xml; \
                 image/svg+xml svg; application/json json; }";
    site.put(
        "nginx.conf",
        format!(
            "daemon off;\nmaster_process off;\npid {shown}/nginx.pid;\n\
             error_log {shown}/nginx.log;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\
             {types}\n{recipe}\n}}\n"
        ),
    );
    let log = root.join("nginx.log");
    let mut command = Command::new(program);
    command.arg("-p").arg(&root).arg("-e").arg(&log).arg("-c").arg(root.join("nginx.conf"));
    Some(Server::started(command.stderr(Stdio::null()).spawn().unwrap(), port, &log))
}

/// Apache with a folder in which `.htaccess` is read.
fn apache(site: &TestSite) -> Option<Server> {
    let program = installed("apache2").or_else(|| installed("httpd"))?;
    let modules = Path::new("/usr/lib/apache2/modules");
    if !modules.is_dir() {
        crate::say("the modules of Apache are not where they are expected");
        return None;
    }
    let (port, root) = (free_port(), site.root().canonicalize().unwrap());
    let shown = root.display();
    let names = ["mpm_event", "authz_core", "mime", "dir", "alias", "headers", "rewrite"];
    let load =
        names.map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", modules.display()));
    let config = format!(
        "{}ServerRoot {shown}\nServerName news.example.org\nListen 127.0.0.1:{port}\n\
         PidFile {shown}/apache.pid\nErrorLog {shown}/apache.log\nUser nobody\n\
         TypesConfig /etc/mime.types\nDocumentRoot {shown}/public\nDirectoryIndex index.html\n\
         <Directory {shown}/public>\nAllowOverride All\nRequire all granted\n</Directory>\n",
        load.concat()
    );
    site.put("apache.conf", config);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Started by an administrator, it gives its rights away.
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let log = root.join("apache.log");
    let mut command = Command::new(program);
    command.arg("-X").arg("-f").arg(root.join("apache.conf"));
    let errors = fs::File::create(&log).unwrap();
    Some(Server::started(command.stderr(errors).spawn().unwrap(), port, &log))
}

const TALKS: &str = "/ua/talks/";
const PRICE: &str = "/en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/";

/// What both servers have to answer.
fn assert_served_well(server: &Server) {
    for (from, to) in [
        ("/news/12345/", TALKS),
        ("/news/12345", TALKS),
        ("/old.html", TALKS),
        ("/%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D/", TALKS),
        ("/%D1%81%D1%82%D0%B0%D1%80%D0%B5/%24x%3B%7By%7D", TALKS),
        ("/a/b'c&d/", TALKS),
        ("/price", PRICE),
    ] {
        let answer = server.get(from);
        let location = answer.header("location");
        let path = match location.strip_prefix("http://") {
            Some(absolute) => format!("/{}", absolute.split_once('/').unwrap().1),
            None => location,
        };
        assert_eq!((answer.status, path.replace('$', "%24")), (301, to.to_owned()), "{from}");
        assert_eq!(server.get(&path).status, 200, "{from} leads to {path}");
    }
    let with_query = server.get("/news/12345/?utm=1").header("location");
    assert!(with_query.ends_with("/ua/talks/?utm=1"), "{with_query}");
    for (path, expected) in [
        ("/ua/nothing/", "/ua/404.html"),
        ("/en/nothing", "/en/404.html"),
        ("/nothing.jpg", "/404.html"),
        ("/news/1234/", "/404.html"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.body, server.get(expected).body, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let page = server.get(TALKS);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type").to_lowercase(), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "public, max-age=120");
    assert!(page.header("content-security-policy").starts_with("default-src 'self'; script-src "));
    assert_eq!(page.header("referrer-policy"), "strict-origin-when-cross-origin");
    assert_eq!(
        page.header("permissions-policy"),
        "geolocation=(self \"https://maps.example.org\")"
    );
    assert_eq!(page.header("strict-transport-security"), "max-age=864000");
    assert_eq!(server.get("/style.css").header("cache-control"), "public, max-age=3600");
    for path in ["/.visti-manifest", "/_nginx/server.conf", "/.htaccess"] {
        assert!(matches!(server.get(path).status, 403 | 404), "{path}");
    }
}

/// A site that tests what quoting may get wrong.
fn site_for(formats: &str) -> TestSite {
    let site = site_with(&format!(
        "redirects.formats = '{formats}'
[headers]
page_seconds = 120
hsts_days = 10
permissions_policy = 'geolocation=(self \"https://maps.example.org\")'
[headers.csp]
img-src = ['https://example.org/a%20b/']
"
    ));
    site.put("static/style.css", "p { margin: 0 }\n");
    site.build(&[]).succeeded();
    site
}

/// The published file with a fingerprint.
fn fingerprinted(site: &TestSite) -> String {
    let is_it = |path: &&String| path.starts_with("style.") && path.len() > "style.css".len();
    format!("/{}", site.published().iter().find(is_it).unwrap())
}

#[test]
fn nginx_redirects_and_tells_browsers_what_it_should() {
    let site = site_for("nginx");
    let Some(server) = nginx(&site) else { return };
    assert_served_well(&server);
    let style = server.get(&fingerprinted(&site));
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

#[test]
fn apache_redirects_and_tells_browsers_what_it_should() {
    let site = site_for("apache");
    let Some(server) = apache(&site) else { return };
    assert_served_well(&server);
    let style = server.get(&fingerprinted(&site));
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}
