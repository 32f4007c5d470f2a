//! People in the history. What is chained names nobody: a token stands for each name and each
//! address, and what it stands for comes beside the event, as it is today. When a sign-in is
//! deleted its names change to a pseudonym everywhere at once, and no hash with them (E-64).
//!
//! A token is a text of the same sort as what it stands for, so that a chained row reads as a
//! row like any other.

use std::collections::BTreeMap;

use muster_domain::mention::{Act, Mention};
use muster_domain::{Address, InvitationId, LoginId, MembershipId, Row};

/// What a token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Token {
    /// A member's name in their workspace.
    MemberName(MembershipId),
    /// A member's address in their workspace.
    MemberAddress(MembershipId),
    /// The name of a sign-in.
    LoginName(LoginId),
    /// The address of a sign-in.
    LoginAddress(LoginId),
    /// The name that came with an invitation.
    InvitedName(InvitationId),
    /// The address of an invitation.
    InvitedAddress(InvitationId),
}

const MEMBER: &str = "member";
const LOGIN: &str = "sign-in";
const INVITATION: &str = "invitation";

impl Token {
    /// The token as it stands in a row.
    pub fn text(self) -> String {
        match self {
            Token::MemberName(id) => format!("{MEMBER}:{id}"),
            Token::MemberAddress(id) => format!("{id}@{MEMBER}.invalid"),
            Token::LoginName(id) => format!("{LOGIN}:{id}"),
            Token::LoginAddress(id) => format!("{id}@{LOGIN}.invalid"),
            Token::InvitedName(id) => format!("{INVITATION}:{id}"),
            Token::InvitedAddress(id) => format!("{id}@{INVITATION}.invalid"),
        }
    }

    /// Reads a token; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((sort, id)) = text.split_once(':') {
            return match sort {
                MEMBER => id.parse().ok().map(Token::MemberName),
                LOGIN => id.parse().ok().map(Token::LoginName),
                INVITATION => id.parse().ok().map(Token::InvitedName),
                _ => None,
            };
        }
        let (id, host) = text.split_once('@')?;
        match host.strip_suffix(".invalid")? {
            MEMBER => id.parse().ok().map(Token::MemberAddress),
            LOGIN => id.parse().ok().map(Token::LoginAddress),
            INVITATION => id.parse().ok().map(Token::InvitedAddress),
            _ => None,
        }
    }

    fn address(self) -> Address {
        Address::parse(&self.text()).expect("an id and a host make an address")
    }
}

/// Puts tokens in place of the people of a row, and what stood there into `names`. `whose`
/// tells whose name an act stands under; what is nobody's stays.
pub fn seal(
    row: &mut Row,
    whose: &mut dyn FnMut(Act, &str) -> Option<LoginId>,
    names: &mut BTreeMap<String, String>,
) {
    row.mentions(&mut |mention| match mention {
        Mention::MemberName(id, name) => put(name, Token::MemberName(id), names),
        Mention::MemberAddress(id, at) => put_address(at, Token::MemberAddress(id), names),
        Mention::LoginName(id, name) => put(name, Token::LoginName(id), names),
        Mention::LoginAddress(id, at) => put_address(at, Token::LoginAddress(id), names),
        Mention::InvitedName(id, name) => put(name, Token::InvitedName(id), names),
        Mention::InvitedAddress(id, at) => put_address(at, Token::InvitedAddress(id), names),
        Mention::By(act, name) => {
            if let Some(id) = whose(act, name) {
                put(name, Token::LoginName(id), names);
            }
        }
    });
}

fn put(name: &mut String, token: Token, names: &mut BTreeMap<String, String>) {
    let was = std::mem::replace(name, token.text());
    names.insert(token.text(), was);
}

fn put_address(address: &mut Address, token: Token, names: &mut BTreeMap<String, String>) {
    let was = std::mem::replace(address, token.address());
    names.insert(token.text(), was.to_string());
}

/// A row's JSON with what stands for its tokens. Only whole texts are tokens, and only those
/// that are listed: whoever types one into a name has typed a name.
pub fn opened(text: &str, names: &BTreeMap<String, String>) -> String {
    names
        .iter()
        .fold(text.to_owned(), |text, (token, name)| text.replace(&quoted(token), &quoted(name)))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[cfg(test)]
mod tests {
    use muster_domain::{AccountAdmin, AccountId, Timestamp};

    use super::*;

    fn admin() -> Row {
        Row::AccountAdmin(AccountAdmin {
            account: AccountId::from_bytes([1; 16]),
            login: LoginId::from_bytes([2; 16]),
            name: "Ana \"Nana\" Marques".to_owned(),
            address: Address::parse("ana@larch.example").expect("an address"),
            since: Timestamp(0),
            by: Some("Bo".to_owned()),
            active: true,
        })
    }

    #[test]
    fn e64_what_is_chained_names_nobody_and_opens_to_what_it_was() {
        let bo = LoginId::from_bytes([3; 16]);
        let (mut sealed, mut names) = (admin(), BTreeMap::new());
        seal(&mut sealed, &mut |_, name| (name == "Bo").then_some(bo), &mut names);
        let text = serde_json::to_string(&sealed).expect("JSON");
        for word in ["Ana", "Nana", "larch", "Bo\""] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        let opened: Row = serde_json::from_str(&opened(&text, &names)).expect("a row");
        assert_eq!(opened, admin());
    }

    #[test]
    fn e64_every_token_reads_back_and_nothing_else_is_one() {
        let (member, login) = (MembershipId::from_bytes([4; 16]), LoginId::from_bytes([5; 16]));
        let invitation = InvitationId::from_bytes([6; 16]);
        for token in [
            Token::MemberName(member),
            Token::MemberAddress(member),
            Token::LoginName(login),
            Token::LoginAddress(login),
            Token::InvitedName(invitation),
            Token::InvitedAddress(invitation),
        ] {
            assert_eq!(Token::parse(&token.text()), Some(token));
        }
        for text in ["Ana", "member:", "member:xyz", "a@b.example", "x@member.invalid"] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }
}
