//! A write-ahead log, read as bytes: SQLite ends its replay at the first frame
//! whose checksum is wrong and says nothing of those behind it, which may be whole commits.
//!
//! Every commit of the outbox is brought into the file itself at once (`open.rs`), so a log with
//! something in it is what a stop or a failing disk left. A write that was cut short is an end
//! like any other; a frame of this log *behind* a broken one is damage, and is told. A mirror
//! with such a log is made anew: the server brings back all of it.

use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use crate::error::CacheError;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const PAGE: usize = 4_096;
const FRAME: usize = FRAME_HEADER + PAGE;
/// The first word of a log; its last bit says in which order the words of a checksum are read.
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;
/// How many logs back a frame may be of; any more is no salt of this file.
const LOGS: u32 = 1 << 20;

/// How a log was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Log {
    /// SQLite will read all that was committed to it, or there is nothing in it.
    Whole,
    /// It holds a commit that SQLite would pass over.
    Broken,
}

/// Two sums over all words before; each frame carries them as they are after it.
type Sums = (u32, u32);

struct Frame<'a> {
    bytes: &'a [u8],
}

impl Frame<'_> {
    fn word(&self, at: usize) -> u32 {
        word(self.bytes, at)
    }

    /// How many pages the file has after the commit that ends here; 0 inside of one.
    fn committed(&self) -> u32 {
        self.word(1)
    }

    fn salts(&self) -> (u32, u32) {
        (self.word(2), self.word(3))
    }

    /// Whether it is left of an earlier log in the same file: each begins with the first salt
    /// one higher and another second one.
    fn is_earlier(&self, salts: (u32, u32)) -> bool {
        let age = salts.0.wrapping_sub(self.salts().0);
        self.salts().1 != salts.1 && (1..=LOGS).contains(&age)
    }

    /// The sums that it carries.
    fn carried(&self) -> Sums {
        (self.word(4), self.word(5))
    }

    /// The sums that it should carry.
    fn sums(&self, order: Order, before: Sums) -> Sums {
        let head = sums(order, before, &self.bytes[..8]);
        sums(order, head, &self.bytes[FRAME_HEADER..])
    }
}

/// In which order the bytes of a word are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Big,
    Little,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at * 4..at * 4 + 4]);
    u32::from_be_bytes(word)
}

/// SQLite's checksum (its file format, 4.2), over pairs of words.
fn sums(order: Order, before: Sums, bytes: &[u8]) -> Sums {
    let (mut first, mut second) = before;
    for pair in bytes.chunks_exact(8) {
        let swap = |word: u32| match order {
            Order::Big => word,
            Order::Little => word.swap_bytes(),
        };
        first = first.wrapping_add(swap(word(pair, 0))).wrapping_add(second);
        second = second.wrapping_add(swap(word(pair, 1))).wrapping_add(first);
    }
    (first, second)
}

/// A log taken apart.
struct Parts<'a> {
    head: &'a [u8],
    frames: Vec<Frame<'a>>,
}

/// What a sound head says.
struct Head {
    order: Order,
    salts: (u32, u32),
    sums: Sums,
}

fn parts(bytes: &[u8]) -> Parts<'_> {
    let (head, rest) = bytes.split_at_checked(HEADER).unwrap_or((&[], &[]));
    // A last one that is not all there was being written when everything stopped.
    Parts { head, frames: rest.chunks_exact(FRAME).map(|bytes| Frame { bytes }).collect() }
}

/// What the head of a log says, if it is sound.
fn head(head: &[u8]) -> Option<Head> {
    if head.len() < HEADER {
        return None;
    }
    let order = if word(head, 0) & 1 == 1 { Order::Big } else { Order::Little };
    let carried = (word(head, 6), word(head, 7));
    let is_sound = word(head, 0) & !1 == MAGIC
        && word(head, 1) == VERSION
        && usize::try_from(word(head, 2)) == Ok(PAGE)
        && sums(order, (0, 0), &head[..24]) == carried;
    is_sound.then(|| Head { order, salts: (word(head, 4), word(head, 5)), sums: carried })
}

impl Parts<'_> {
    fn head(&self) -> Option<Head> {
        head(self.head)
    }

    /// What a damaged head said, as far as the first frame vouches for a part of it.
    fn guessed(&self) -> Option<Head> {
        let first = self.frames.first()?;
        let fits = |order: Order| {
            let made = sums(order, (0, 0), &self.head[..24]);
            let seeds = [(word(self.head, 6), word(self.head, 7)), made];
            let sums = seeds.into_iter().find(|it| first.sums(order, *it) == first.carried())?;
            Some(Head { order, salts: first.salts(), sums })
        };
        // Where nothing does, the first frame is taken as it is: its page has a seal of its own.
        let taken = |order: Order| Head { order, salts: first.salts(), sums: (0, 0) };
        Some(
            fits(Order::Little)
                .or_else(|| fits(Order::Big))
                .unwrap_or_else(|| taken(Order::Little)),
        )
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CacheError> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        other => Ok(other?),
    }
}

/// How long a log with so many frames is, in bytes.
pub(crate) fn length_of(frames: u32) -> u64 {
    if frames == 0 { 0 } else { HEADER as u64 + u64::from(frames) * FRAME as u64 }
}

/// Looks at a log that SQLite has not opened yet, frame by frame: that of a mirror may be long.
pub(crate) fn look(path: &Path) -> Result<Log, CacheError> {
    let mut log = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 16, file),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Log::Whole),
        Err(error) => return Err(error.into()),
    };
    let mut first = [0; HEADER];
    if !fills(&mut log, &mut first)? {
        return Ok(Log::Whole);
    }
    let mut look = Look::after(head(&first));
    let mut bytes = vec![0; FRAME];
    while look.found == Log::Whole && fills(&mut log, &mut bytes)? {
        look.take(&Frame { bytes: &bytes });
    }
    Ok(look.found)
}

/// Whether there is as much left; a last frame that is not all there was being written when
/// everything stopped.
fn fills(log: &mut impl Read, bytes: &mut [u8]) -> Result<bool, CacheError> {
    match log.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn verdict(log: &Parts<'_>) -> Log {
    let mut look = Look::after(log.head());
    log.frames.iter().for_each(|frame| look.take(frame));
    look.found
}

/// A look at a log, up to some frame.
struct Look {
    head: Option<Head>,
    /// Whether SQLite reads what comes next.
    is_read: bool,
    found: Log,
}

impl Look {
    fn after(head: Option<Head>) -> Self {
        Self { is_read: head.is_some(), head, found: Log::Whole }
    }

    fn take(&mut self, frame: &Frame<'_>) {
        let Some(Head { order, salts, sums: before }) = &mut self.head else {
            // SQLite reads nothing of it, and writes its head before anything else.
            self.found = Log::Broken;
            return;
        };
        if self.is_read {
            *before = frame.sums(*order, *before);
            self.is_read = frame.salts() == *salts && frame.carried() == *before;
        }
        // What was rolled back has no commit.
        if !self.is_read && frame.committed() != 0 && !frame.is_earlier(*salts) {
            self.found = Log::Broken;
        }
    }
}

/// Whether a broken log may be a commit that was being written when the power went: every commit
/// is brought into the file before the next, so what was told as kept is rarely in a log, and
/// with others then.
pub(crate) fn may_be_cut_short(path: &Path) -> Result<bool, CacheError> {
    let bytes = read(path)?;
    let log = parts(&bytes);
    let salts = log.head().or_else(|| log.guessed()).map(|it| it.salts);
    let is_commit =
        |it: &&Frame<'_>| it.committed() != 0 && salts.is_none_or(|salts| !it.is_earlier(salts));
    Ok(verdict(&log) == Log::Broken && log.frames.iter().filter(is_commit).count() <= 1)
}

/// Writes the log of a copy anew with every frame that is sound by itself, so that SQLite reads
/// past the broken ones; returns how many were left out.
pub(crate) fn mend(path: &Path) -> Result<usize, CacheError> {
    let bytes = read(path)?;
    let log = parts(&bytes);
    if verdict(&log) == Log::Whole {
        return Ok(0);
    }
    let (kept, left_out) = sound(&log);
    fs::write(path, chained(&kept))?;
    Ok(left_out)
}

/// The frames of this log that are sound by themselves, and how many are not.
fn sound<'a, 'b>(log: &'b Parts<'a>) -> (Vec<&'b Frame<'a>>, usize) {
    let is_headless = log.head().is_none();
    let Some(Head { order, salts, sums: mut before }) = log.head().or_else(|| log.guessed()) else {
        return (Vec::new(), 0);
    };
    let mut kept = Vec::new();
    let mut left_out = 0;
    // What comes after the last commit was rolled back.
    let end = log.frames.iter().rposition(|it| it.committed() != 0).map_or(0, |at| at + 1);
    for (at, frame) in log.frames[..end].iter().enumerate() {
        if frame.is_earlier(salts) {
            continue;
        }
        let sums = frame.sums(order, before);
        // The next one vouches for it where only the sums that it carries are broken.
        let next = log.frames.get(at + 1);
        let is_vouched_for = next.is_some_and(|next| next.sums(order, sums) == next.carried());
        let is_sound = frame.carried() == sums || is_vouched_for || (at == 0 && is_headless);
        before = if is_vouched_for { sums } else { frame.carried() };
        if is_sound && frame.word(0) != 0 {
            kept.push(frame);
        } else {
            left_out += 1;
        }
    }
    (kept, left_out)
}

/// A log of these frames that SQLite reads to its end.
fn chained(frames: &[&Frame<'_>]) -> Vec<u8> {
    let pages = frames.iter().map(|it| it.word(0).max(it.committed())).max().unwrap_or(0);
    let mut log = Vec::with_capacity(HEADER + frames.len() * FRAME);
    for word in [MAGIC, VERSION, 4_096, 0, 1, 1] {
        log.extend(word.to_be_bytes());
    }
    let mut before = sums(Order::Little, (0, 0), &log);
    put(&mut log, before);
    for (at, frame) in frames.iter().enumerate() {
        let mut bytes = frame.bytes.to_vec();
        // One commit, at the end: what the left out ones held is not there to be waited for.
        let committed = if at + 1 == frames.len() { pages } else { 0 };
        bytes[4..8].copy_from_slice(&committed.to_be_bytes());
        bytes[8..16].copy_from_slice(&[0, 0, 0, 1, 0, 0, 0, 1]);
        before = Frame { bytes: &bytes }.sums(Order::Little, before);
        bytes.truncate(16);
        put(&mut bytes, before);
        log.extend(bytes);
        log.extend(&frame.bytes[FRAME_HEADER..]);
    }
    log
}

fn put(bytes: &mut Vec<u8>, sums: Sums) {
    bytes.extend(sums.0.to_be_bytes());
    bytes.extend(sums.1.to_be_bytes());
}
