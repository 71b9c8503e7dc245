//! Where the preview listens, and how its address is written.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::Port;
use crate::diagnostic::Diagnostic;

/// The port of a preview, unless another program has it.
const USUAL: u16 = 1111;

/// How many ports are tried from the usual one on.
const N_TRIED: u16 = 50;

/// Listens at an address; also gives the usual port when it was busy.
pub(super) fn listen(host: IpAddr, port: Port) -> Result<(TcpListener, Option<u16>), Diagnostic> {
    let (first, last) = match port {
        Port::Usual => (USUAL, USUAL + N_TRIED - 1),
        Port::Exactly(port) => (port, port),
    };
    for port in first..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok((listener, (port != first).then_some(first))),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => break,
            Err(error) => return Err(cannot_listen(host, port, &error)),
        }
    }
    let message = match port {
        Port::Usual => format!("the ports {first} to {last} are in use by other programs"),
        Port::Exactly(port) => format!("port {port} is in use by another program"),
    };
    let help = "end that program, perhaps another preview, or choose a port with `--port`";
    Err(Diagnostic::error("port-busy", message).help(help))
}

fn cannot_listen(host: IpAddr, port: u16, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        ErrorKind::PermissionDenied => "choose a port from 1024 on with `--port`",
        ErrorKind::AddrNotAvailable => "name an address of this computer with `--host`",
        _ => "choose another address with `--host`, or another port with `--port`",
    };
    let address = SocketAddr::new(host, port);
    let message = format!("cannot listen at {address}: {}", in_words(error));
    Diagnostic::error("cannot-listen", message).help(help)
}

/// What the network said later.
pub(super) fn refused(error: &io::Error) -> Diagnostic {
    let message = format!("the preview's network connection failed: {}", in_words(error));
    Diagnostic::error("cannot-listen", message).help("start the preview again")
}

/// The system's words, without its number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// Scheme, host and port by which this computer reaches the preview.
pub(super) fn origin(address: SocketAddr) -> String {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_for_the_whole_network_is_opened_at_this_computer() {
        for (address, expected) in [
            ("127.0.0.1:1111", "http://127.0.0.1:1111"),
            ("0.0.0.0:1111", "http://127.0.0.1:1111"),
            ("[::]:80", "http://[::1]:80"),
            ("192.168.1.5:1112", "http://192.168.1.5:1112"),
        ] {
            assert_eq!(origin(address.parse().unwrap()), expected);
        }
    }
}
