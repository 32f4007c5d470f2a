//! A small relay that speaks SMTP over a real connection and keeps what it is given.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A letter as it came over the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    /// Header and body, dots unstuffed.
    pub data: String,
}

impl Received {
    /// The lines of the header, folded ones joined.
    pub fn header(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in self.data.lines().take_while(|line| !line.is_empty()) {
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
                _ => lines.push(line.to_owned()),
            }
        }
        lines
    }

    /// The body as a person reads it.
    pub fn body(&self) -> String {
        let raw = self.data.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let encoding = |name: &str| {
            let header = self.header();
            header.iter().any(|it| it.to_lowercase().contains(name))
        };
        if encoding("quoted-printable") {
            unquoted(raw)
        } else if encoding("base64") {
            use base64::Engine;
            let text: String = raw.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
            String::from_utf8(bytes).expect("text")
        } else {
            raw.to_owned()
        }
    }
}

fn unquoted(raw: &str) -> String {
    let joined = raw.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'='
            && let Some(hex) = tail.get(..2)
            && let Ok(text) = std::str::from_utf8(hex)
            && let Ok(byte) = u8::from_str_radix(text, 16)
        {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("text").replace("\r\n", "\n")
}

/// What the relay says to a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 451: try again later.
    Later,
    /// 550: no such mailbox.
    Never,
}

struct State {
    letters: Vec<Received>,
    refused: usize,
    mood: Mood,
}

/// The running relay.
#[derive(Clone)]
pub struct Sink {
    pub addr: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Sink {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("an address");
        let state = State { letters: Vec::new(), refused: 0, mood: Mood::Takes };
        let sink = Self { addr, state: Arc::new((Mutex::new(state), Condvar::new())) };
        let served = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sink = served.clone();
                std::thread::spawn(move || drop(sink.talk(stream)));
            }
        });
        sink
    }

    pub fn be(&self, mood: Mood) {
        self.state.0.lock().expect("a lock").mood = mood;
    }

    /// Waits until this many letters are there.
    pub fn letters(&self, count: usize) -> Vec<Received> {
        self.wait(|state| state.letters.len() >= count).0
    }

    /// Waits until this many receivers were refused.
    pub fn refusals(&self, count: usize) -> usize {
        self.wait(|state| state.refused >= count).1
    }

    fn wait(&self, enough: impl Fn(&State) -> bool) -> (Vec<Received>, usize) {
        let (lock, told) = &*self.state;
        let state = lock.lock().expect("a lock");
        let long = Duration::from_secs(20);
        let (state, timeout) =
            told.wait_timeout_while(state, long, |it| !enough(it)).expect("a lock");
        let what = (state.letters.len(), state.refused);
        assert!(!timeout.timed_out(), "waited in vain: {what:?} letters and refusals");
        (state.letters.clone(), state.refused)
    }

    fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        let mut out = stream;
        let mut letter = Received::default();
        write!(out, "220 sink.example ESMTP\r\n")?;
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let upper = line.to_uppercase();
            if upper.starts_with("EHLO") || upper.starts_with("HELO") {
                write!(out, "250-sink.example\r\n250 8BITMIME\r\n")?;
            } else if upper.starts_with("MAIL FROM:") {
                letter = Received { from: within(&line), ..Received::default() };
                write!(out, "250 OK\r\n")?;
            } else if upper.starts_with("RCPT TO:") {
                match self.mood() {
                    Mood::Takes => {
                        letter.to.push(within(&line));
                        write!(out, "250 OK\r\n")?;
                    }
                    Mood::Later => write!(out, "451 try again later\r\n")?,
                    Mood::Never => write!(out, "550 no such mailbox\r\n")?,
                }
            } else if upper.starts_with("DATA") {
                write!(out, "354 go on\r\n")?;
                letter.data = read_data(&mut lines)?;
                write!(out, "250 taken\r\n")?;
                self.keep(letter.clone());
            } else if upper.starts_with("QUIT") {
                return write!(out, "221 bye\r\n");
            } else {
                write!(out, "250 OK\r\n")?;
            }
        }
    }

    fn mood(&self) -> Mood {
        let (lock, told) = &*self.state;
        let mut state = lock.lock().expect("a lock");
        if state.mood != Mood::Takes {
            state.refused += 1;
            told.notify_all();
        }
        state.mood
    }

    fn keep(&self, letter: Received) {
        let (lock, told) = &*self.state;
        lock.lock().expect("a lock").letters.push(letter);
        told.notify_all();
    }
}

fn within(line: &str) -> String {
    let from = line.find('<').map_or(0, |at| at + 1);
    let to = line.find('>').unwrap_or(line.len());
    line[from..to].to_owned()
}

fn read_data(lines: &mut impl BufRead) -> std::io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        if line == ".\r\n" || line.is_empty() {
            return Ok(data);
        }
        data.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| &line[1..]));
    }
}
