//! The page: readable without any program of ours, and made to be printed.

use muster_domain::{ReviewLine, Standpoint, Timestamp};

use crate::pack::{Pack, title};
use crate::seal::fingerprint;
use crate::table::{decider, decision, said};
use crate::text::{hex, moment};

const STYLE: &str = "\
:root{color-scheme:light}
body{font:15px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
p.sub{margin:0 0 1.5rem;color:#444}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:#444}dd{margin:0}
table{border-collapse:collapse;table-layout:fixed;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #bbb}
thead{display:table-header-group}tr{break-inside:avoid}
td,dd{overflow-wrap:anywhere}.when{white-space:nowrap}.addr{color:#444}.fp{font-family:ui-monospace,monospace}
@media print{body{margin:0;padding:0;max-width:none;font-size:9pt;line-height:1.3}.addr{font-size:8pt}h1{font-size:16pt}h2{break-after:avoid}dl,section{break-inside:avoid}th,td{padding:.15rem .5rem .15rem 0}}
";

/// The page.
pub(crate) fn page(pack: &Pack) -> String {
    let mut page = Page::default();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    page.text(&format!("{} · {}", pack.review.name, pack.workspace_name));
    page.raw("</title>\n<style>\n");
    page.raw(STYLE);
    page.raw(&sheet(pack));
    page.raw("</style>\n</head>\n<body>\n<h1>");
    page.text(&pack.review.name);
    page.raw("</h1>\n<p class=\"sub\">Access review of ");
    page.text(&format!("{} · {}", pack.workspace_name, pack.account_name));
    page.raw("</p>\n");
    facts(&mut page, pack);
    people(&mut page, pack);
    changes(&mut page, pack);
    proof(&mut page, pack);
    page.raw("</body>\n</html>\n");
    page.0
}

/// The paper: what a loose sheet belongs to, and which of how many it is.
fn sheet(pack: &Pack) -> String {
    let name = format!("{} · {}", pack.review.name, pack.workspace_name);
    // Every letter as its number, so that no name ends the string or the style.
    let name: String = name.chars().map(|c| format!("\\{:06x}", u32::from(c))).collect();
    format!(
        "@page{{margin:16mm 14mm 18mm;@bottom-left{{content:\"{name}\";font:8pt system-ui,sans-serif}}\
         @bottom-right{{content:counter(page) \" / \" counter(pages);font:8pt system-ui,sans-serif}}}}\n"
    )
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// Text that other people typed: never markup.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
    }

    fn fact(&mut self, name: &str, value: &str) {
        self.raw("<dt>");
        self.text(name);
        self.raw("</dt><dd>");
        self.text(value);
        self.raw("</dd>\n");
    }

    /// Heads, each with its part of the width in percent.
    fn heads(&mut self, heads: &[(&str, u8)]) {
        self.raw("<table>\n<thead><tr>");
        for (head, width) in heads {
            self.raw(&format!("<th scope=\"col\" style=\"width:{width}%\">"));
            self.text(head);
            self.raw("</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n");
    }

    fn cell(&mut self, text: &str) {
        self.raw("<td>");
        self.text(text);
        self.raw("</td>");
    }
}

/// Who and when; a moment stays in one line.
fn done(page: &mut Page, who: &str, at: Timestamp) {
    page.text(&format!("{who}, "));
    page.raw(&format!("<span class=\"when\">{}</span>", moment(at)));
}

fn by(at: Timestamp, name: &str) -> String {
    format!("{} by {name}", moment(at))
}

fn facts(page: &mut Page, pack: &Pack) {
    let review = &pack.review;
    let number = |fits: &dyn Fn(&ReviewLine) -> bool| {
        pack.lines.iter().filter(|line| fits(line)).count().to_string()
    };
    let of = |wanted: &'static str| number(&|line| decision(pack, line).0 == wanted);
    let reviewers: Vec<&str> = review.reviewers.iter().map(|it| it.name.as_str()).collect();
    page.raw("<dl>\n");
    page.fact("List as of", &by(review.started.at, &review.started.by));
    page.fact("Due", &moment(review.due));
    let closed = review.closed.as_ref().map(|it| by(it.at, &it.by));
    page.fact("Closed", closed.as_deref().unwrap_or("not yet"));
    page.fact("Reviewers", &reviewers.join(", "));
    page.fact("People", &pack.lines.len().to_string());
    page.fact("Kept", &of("Keep"));
    page.fact("Role changed", &of("Change role"));
    page.fact("Removed", &of("Remove"));
    page.fact("Not reviewed", &of("Not reviewed"));
    page.fact("Reviewers disagree", &number(&|it| it.standpoint() == Standpoint::Disputed));
    page.raw("</dl>\n");
}

fn people(page: &mut Page, pack: &Pack) {
    page.raw("<h2>Decisions</h2>\n");
    page.heads(&[
        ("Person", 33),
        ("Role when the list was taken", 15),
        ("Decision", 13),
        ("By and when", 21),
        ("Reason", 18),
    ]);
    for line in &pack.lines {
        let (decision, to) = decision(pack, line);
        page.raw("<tr><td>");
        page.text(&line.name);
        page.raw("<br><span class=\"addr\">");
        page.text(line.address.as_str());
        page.raw("</span></td>");
        page.cell(&pack.roles(line.roles));
        page.cell(&if to.is_empty() { decision.to_owned() } else { format!("{decision}: {to}") });
        let is_disputed = line.standpoint() == Standpoint::Disputed;
        page.raw("<td>");
        for it in &line.decided {
            let (said, to) = said(pack, it.choice);
            let what = if is_disputed { format!("{said} {to} ") } else { String::new() };
            done(page, &format!("{what}{}", decider(it)), it.at);
            page.raw("<br>");
        }
        page.raw("</td><td>");
        for it in &line.decided {
            page.text(it.reason.as_deref().unwrap_or_default());
            page.raw("<br>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn changes(page: &mut Page, pack: &Pack) {
    page.raw("<h2>Changes made</h2>\n");
    if pack.chain.is_none() {
        page.raw("<p>Whoever made this page may not read the history of this workspace, so the ");
        page.raw("changes are not listed.</p>\n");
        return;
    }
    if pack.changes.is_empty() {
        page.raw("<p>None.</p>\n");
        return;
    }
    page.heads(&[
        ("Person", 18),
        ("What", 16),
        ("From", 13),
        ("To", 13),
        ("By and when", 22),
        ("Reason", 18),
    ]);
    for it in &pack.changes {
        page.raw("<tr>");
        page.cell(&it.name);
        page.cell(&title(&it.kind));
        page.cell(&pack.roles(it.from));
        page.cell(&pack.roles(it.to));
        page.raw("<td>");
        done(page, &it.by, it.at);
        page.raw("</td>");
        page.cell(it.reason.as_deref().unwrap_or_default());
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn proof(page: &mut Page, pack: &Pack) {
    page.raw("<section>\n<h2>How to check this</h2>\n<p>The program <code>muster-verify</code> checks this ");
    page.raw("folder without any server. It proves that no file was changed since it was signed ");
    page.raw(
        "with the key below, that the decisions are those of the log, and, where the log names ",
    );
    page.raw("the key, whose it is. Where it does not, compare the fingerprint with the person ");
    page.raw("named.</p>\n<dl>\n");
    let maker = &pack.made_by;
    page.fact("Made by", &format!("{} ({})", maker.name, maker.address));
    page.fact("Made at", &format!("{}, by the clock of their device", moment(pack.made_at)));
    page.fact("Server", &pack.server);
    page.fact("Muster", &format!("{}, form {}", pack.program, pack.format));
    page.raw("<dt>Key</dt><dd class=\"fp\">");
    page.text(&fingerprint(&maker.key));
    page.raw("</dd>\n");
    let registered = pack.registered().map(|it| by(it.at, &it.name));
    page.fact("Key in the log", registered.as_deref().unwrap_or("not registered"));
    for it in &pack.review.handed_out {
        page.fact("Handed to", &format!("{}, {}", it.client, by(it.at, &it.by)));
    }
    let head = pack.chain.as_ref().and_then(|it| it.events.last());
    if let Some(head) = head {
        let place = head.place();
        let text = format!("{}.{} {}", place.seq, place.ord, hex(head.hash()));
        page.raw("<dt>Head of the log</dt><dd class=\"fp\">");
        page.text(&text);
        page.raw("</dd>\n");
    }
    page.raw("</dl>\n</section>\n");
}
