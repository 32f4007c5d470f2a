//! A text of who has access, read: everything in it, or every line that cannot be read.

use std::collections::BTreeMap;
use std::str::Chars;

use muster_domain::{Address, Permission, Role, SchemeId, WorkspaceId};

use super::fault::{Fault, fault, on};
use super::write::{VERSION, WORD};
use super::{
    Access, AdminLine, GroupLine, InvitationLine, OwnRoleLine, PersonLine, RoleWord, Until, moment,
};
use crate::view::{AccessError, AccessFault};

/// What a text says, or what in it cannot be read.
pub(crate) fn parse(text: &str) -> Result<Access, Vec<AccessError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !is_empty(line));
    let (first, head) = lines.next().unwrap_or((1, ""));
    version(head).map_err(|it| vec![on(first, it)])?;
    let mut reading = Reading::default();
    let mut errors = Vec::new();
    for (number, line) in lines {
        if let Err(found) = reading.take(number, line) {
            errors.push(on(number, found));
        }
    }
    if reading.workspace.is_none() {
        errors.push(on(first, fault(AccessFault::Workspace, "")));
    }
    if reading.scheme.is_none() {
        errors.push(on(first, fault(AccessFault::Scheme, "")));
    }
    match (errors.is_empty(), reading.workspace, reading.scheme) {
        (true, Some((workspace, name)), Some(scheme)) => Ok(Access {
            workspace,
            name,
            scheme,
            roles: reading.roles,
            groups: reading.groups,
            admins: reading.admins,
            people: reading.people,
            invitations: reading.invitations,
        }),
        (_, _, _) => {
            errors.sort_by_key(|it| it.line);
            Err(errors)
        }
    }
}

/// Empty lines and remarks say nothing.
fn is_empty(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn version(line: &str) -> Result<(), Fault> {
    let mut words = line.split_whitespace();
    match (words.next(), words.next().map(str::parse::<u32>), words.next()) {
        (Some(WORD), Some(Ok(VERSION)), None) => Ok(()),
        (Some(WORD), Some(Ok(newer)), None) if newer > VERSION => {
            Err(fault(AccessFault::NewerVersion, newer.to_string()))
        }
        _ => Err(fault(AccessFault::NoVersion, line)),
    }
}

#[derive(Default)]
struct Reading {
    workspace: Option<(WorkspaceId, String)>,
    scheme: Option<SchemeId>,
    roles: Vec<OwnRoleLine>,
    groups: Vec<GroupLine>,
    admins: Vec<AdminLine>,
    people: Vec<PersonLine>,
    invitations: Vec<InvitationLine>,
    /// What may stand once, with the line on which it does.
    once: BTreeMap<String, u32>,
}

impl Reading {
    fn take(&mut self, number: u32, line: &str) -> Result<(), Fault> {
        let mut words = Words(line.chars());
        let kind = words.word()?.unwrap_or_default();
        let kind = kind.plain().ok_or_else(|| fault(AccessFault::Word, line))?;
        match kind {
            "workspace" => {
                self.once(number, "workspace")?;
                let id = words.word()?.unwrap_or_default();
                let parsed = id.plain().and_then(|it| it.parse().ok());
                let id = parsed.ok_or_else(|| fault(AccessFault::Workspace, id.text()))?;
                self.workspace = Some((id, words.name()?));
            }
            "scheme" => {
                self.once(number, "scheme")?;
                let word = words.word()?.unwrap_or_default();
                let named = |it: &&SchemeId| Some(it.key()) == word.plain();
                let found = SchemeId::ALL.iter().find(named).copied();
                self.scheme = Some(found.ok_or_else(|| fault(AccessFault::Scheme, word.text()))?);
            }
            "role" => {
                let name = words.name()?;
                self.once(number, &format!("role {name}"))?;
                self.roles.push(OwnRoleLine { name, permissions: words.permissions()? });
            }
            "group" => {
                let name = words.name()?;
                self.once(number, &format!("group {name}"))?;
                self.groups.push(GroupLine { name, roles: words.roles()? });
            }
            "admin" => {
                let address = words.address()?;
                self.once(number, &format!("admin {address}"))?;
                self.admins.push(AdminLine { address, name: words.name()? });
            }
            "person" => {
                let address = words.address()?;
                self.once(number, &format!("access {address}"))?;
                let person = words.person(address, number)?;
                self.people.push(person);
            }
            "invitation" => {
                let address = words.address()?;
                self.once(number, &format!("access {address}"))?;
                let (name, roles) = (words.name()?, words.roles()?);
                self.invitations.push(InvitationLine { address, name, roles, line: number });
            }
            other => return Err(fault(AccessFault::Word, other)),
        }
        match words.word()? {
            None => Ok(()),
            Some(rest) => Err(fault(AccessFault::Rest, rest.text())),
        }
    }

    fn once(&mut self, number: u32, what: &str) -> Result<(), Fault> {
        match self.once.insert(what.to_owned(), number) {
            None => Ok(()),
            Some(first) => {
                self.once.insert(what.to_owned(), first);
                Err(fault(AccessFault::Twice, first.to_string()))
            }
        }
    }
}

/// A part of a line: what stands between two spaces, of which some may stand between marks.
#[derive(Default)]
struct Word(Vec<(Marks, String)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    With,
    Without,
}

impl Word {
    fn plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [(Marks::Without, text)] => Some(text),
            _ => None,
        }
    }

    fn text(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect()
    }
}

struct Words<'a>(Chars<'a>);

impl Words<'_> {
    /// The next part, if there is one.
    fn word(&mut self) -> Result<Option<Word>, Fault> {
        let mut word = Word::default();
        let rest = self.0.as_str().trim_start_matches([' ', '\t']);
        self.0 = rest.chars();
        let mut plain = String::new();
        loop {
            match self.0.next() {
                None | Some(' ' | '\t') => break,
                Some('"') => {
                    if !plain.is_empty() {
                        word.0.push((Marks::Without, std::mem::take(&mut plain)));
                    }
                    word.0.push((Marks::With, self.quoted()?));
                }
                Some(c) => plain.push(c),
            }
        }
        if !plain.is_empty() {
            word.0.push((Marks::Without, plain));
        }
        Ok(Some(word).filter(|it| !it.0.is_empty()))
    }

    /// The rest of what stands between marks.
    fn quoted(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        let unfinished = |text: &str| fault(AccessFault::Name, text);
        loop {
            match self.0.next() {
                Some('"') => return Ok(text),
                Some('\\') => match self.0.next() {
                    Some(c @ ('"' | '\\')) => text.push(c),
                    Some('u') => text.push(self.written_out().ok_or_else(|| unfinished(&text))?),
                    Some(_) | None => return Err(unfinished(&text)),
                },
                Some(c) => text.push(c),
                None => return Err(unfinished(&text)),
            }
        }
    }

    /// `{200f}`
    fn written_out(&mut self) -> Option<char> {
        let (digits, rest) = self.0.as_str().strip_prefix('{')?.split_once('}')?;
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
        self.0 = rest.chars();
        Some(c)
    }

    fn name(&mut self) -> Result<String, Fault> {
        let word = self.word()?.unwrap_or_default();
        match <[(Marks, String); 1]>::try_from(word.0) {
            Ok([(Marks::With, name)]) => Ok(name),
            Ok([(Marks::Without, text)]) => Err(fault(AccessFault::Name, text)),
            Err(parts) => Err(fault(AccessFault::Name, Word(parts).text())),
        }
    }

    fn address(&mut self) -> Result<Address, Fault> {
        let word = self.word()?.unwrap_or_default();
        let found = word.plain().and_then(|it| Address::parse(it).ok());
        found.ok_or_else(|| fault(AccessFault::Address, word.text()))
    }

    fn permissions(&mut self) -> Result<Vec<Permission>, Fault> {
        let mut found = Vec::new();
        while let Some(word) = self.word()? {
            let named = |it: &&Permission| Some(it.key()) == word.plain();
            let permission = Permission::ALL.iter().find(named).copied();
            found.push(permission.ok_or_else(|| fault(AccessFault::Permission, word.text()))?);
        }
        Ok(found)
    }

    /// Roles with a plus between them.
    fn roles(&mut self) -> Result<Vec<RoleWord>, Fault> {
        let word = self.word()?.unwrap_or_default();
        if word.plain() == Some("-") {
            return Ok(Vec::new());
        }
        let wrong = || fault(AccessFault::Role, word.text());
        let mut roles = Vec::new();
        let mut is_next = true;
        for (marks, part) in &word.0 {
            if *marks == Marks::With {
                if !is_next {
                    return Err(wrong());
                }
                roles.push(RoleWord::Own(part.clone()));
                is_next = false;
                continue;
            }
            for (at, key) in part.split('+').enumerate() {
                is_next |= at > 0;
                if key.is_empty() {
                    continue;
                }
                let role = Role::from_key(key).filter(|_| is_next).ok_or_else(wrong)?;
                roles.push(RoleWord::BuiltIn(role));
                is_next = false;
            }
        }
        if roles.is_empty() || is_next { Err(wrong()) } else { Ok(roles) }
    }

    fn person(&mut self, address: Address, line: u32) -> Result<PersonLine, Fault> {
        let (name, roles) = (self.name()?, self.roles()?);
        let mut person = PersonLine {
            address,
            name,
            roles,
            is_suspended: false,
            until: None,
            group: None,
            line,
        };
        let mut next = self.word()?;
        if is(&next, "suspended") {
            person.is_suspended = true;
            next = self.word()?;
        }
        if is(&next, "until") {
            let word = self.word()?.unwrap_or_default();
            let at = word.plain().and_then(moment::read);
            let at = at.ok_or_else(|| fault(AccessFault::Moment, word.text()))?;
            next = self.word()?;
            let mut then = None;
            if is(&next, "then") {
                then = Some(self.roles()?);
                next = self.word()?;
            }
            person.until = Some(Until { at, then });
        }
        if is(&next, "group") {
            person.group = Some(self.name()?);
            next = self.word()?;
        }
        match next {
            None => Ok(person),
            Some(rest) => Err(fault(AccessFault::Rest, rest.text())),
        }
    }
}

fn is(word: &Option<Word>, text: &str) -> bool {
    word.as_ref().and_then(Word::plain) == Some(text)
}
