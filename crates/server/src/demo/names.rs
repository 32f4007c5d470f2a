//! Names for the sample data: people of many places, clients as agencies have them. Every
//! address is under `.example`, which belongs to nobody.

use super::chance::Chance;

/// A name as it is written, and as it stands in an address.
type Name = (&'static str, &'static str);

/// Names that go together.
struct Culture {
    given: &'static [Name],
    family: &'static [Name],
    order: Order,
}

/// Which name comes first.
enum Order {
    GivenFirst,
    FamilyFirst,
}

const CULTURES: &[Culture] = &[
    Culture {
        given: &[
            ("Ada", "ada"),
            ("Grace", "grace"),
            ("Oliver", "oliver"),
            ("Maisie", "maisie"),
            ("Callum", "callum"),
            ("Freya", "freya"),
            ("Rory", "rory"),
            ("Imogen", "imogen"),
            ("Desmond", "desmond"),
            ("Harriet", "harriet"),
            ("Tobias", "tobias"),
            ("Wren", "wren"),
        ],
        family: &[
            ("Ashworth", "ashworth"),
            ("Bell", "bell"),
            ("Carmichael", "carmichael"),
            ("Drummond", "drummond"),
            ("O’Connell", "oconnell"),
            ("Fairweather", "fairweather"),
            ("Hargreaves", "hargreaves"),
            ("MacLeod", "macleod"),
            ("Pemberton", "pemberton"),
            ("Quill", "quill"),
            ("Thackeray", "thackeray"),
            ("Whitlock", "whitlock"),
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &[
            ("Zoë", "zoe"),
            ("Jürgen", "juergen"),
            ("Anneliese", "anneliese"),
            ("Björn", "bjoern"),
            ("Søren", "soren"),
            ("Ingrid", "ingrid"),
            ("Matthias", "matthias"),
            ("Elif", "elif"),
            ("Łukasz", "lukasz"),
            ("Agnieszka", "agnieszka"),
            ("Kryštof", "krystof"),
            ("Katarína", "katarina"),
        ],
        family: &[
            ("Müller", "mueller"),
            ("Großmann", "grossmann"),
            ("Lindqvist", "lindqvist"),
            ("Østergaard", "ostergaard"),
            ("van der Berg", "vanderberg"),
            ("Yılmaz", "yilmaz"),
            ("Wójcik", "wojcik"),
            ("Nováková", "novakova"),
            ("Kovács", "kovacs"),
            ("Hämäläinen", "hamalainen"),
            ("Popescu", "popescu"),
            ("Þórsdóttir", "thorsdottir"),
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &[
            ("Inés", "ines"),
            ("João", "joao"),
            ("Chloé", "chloe"),
            ("François", "francois"),
            ("Lucía", "lucia"),
            ("Thiago", "thiago"),
            ("Giulia", "giulia"),
            ("Matteo", "matteo"),
            ("Camille", "camille"),
            ("Núria", "nuria"),
            ("Beatriz", "beatriz"),
            ("Andrés", "andres"),
        ],
        family: &[
            ("García Márquez", "garciamarquez"),
            ("Fernández", "fernandez"),
            ("Silva", "silva"),
            ("d’Angelo", "dangelo"),
            ("Lefèvre", "lefevre"),
            ("Gonçalves", "goncalves"),
            ("Rossi", "rossi"),
            ("Ibáñez", "ibanez"),
            ("Moreau", "moreau"),
            ("Peña", "pena"),
            ("Ferreira", "ferreira"),
            ("Castañeda", "castaneda"),
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &[
            ("Amara", "amara"),
            ("Chidi", "chidi"),
            ("Ngozi", "ngozi"),
            ("Kwame", "kwame"),
            ("Thandiwe", "thandiwe"),
            ("Yetunde", "yetunde"),
            ("Sipho", "sipho"),
            ("Abebe", "abebe"),
            ("Zainab", "zainab"),
            ("Omar", "omar"),
            ("Layla", "layla"),
            ("Yusuf", "yusuf"),
        ],
        family: &[
            ("Okafor", "okafor"),
            ("Adeyemi", "adeyemi"),
            ("Mensah", "mensah"),
            ("Dlamini", "dlamini"),
            ("Tesfaye", "tesfaye"),
            ("El-Sayed", "elsayed"),
            ("Haddad", "haddad"),
            ("Nkosi", "nkosi"),
            ("Boateng", "boateng"),
            ("Mwangi", "mwangi"),
            ("Diallo", "diallo"),
            ("Benali", "benali"),
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &[
            ("Priya", "priya"),
            ("Arjun", "arjun"),
            ("Meera", "meera"),
            ("Rohan", "rohan"),
            ("Ayesha", "ayesha"),
            ("Farid", "farid"),
            ("Nguyệt", "nguyet"),
            ("Linh", "linh"),
            ("Siti", "siti"),
            ("Putri", "putri"),
            ("Somchai", "somchai"),
            ("Malai", "malai"),
        ],
        family: &[
            ("Krishnan", "krishnan"),
            ("Banerjee", "banerjee"),
            ("Iyer", "iyer"),
            ("Patel", "patel"),
            ("Siddiqui", "siddiqui"),
            ("Perera", "perera"),
            ("Trần", "tran"),
            ("Phạm", "pham"),
            ("Rahman", "rahman"),
            ("Wijaya", "wijaya"),
            ("Srisai", "srisai"),
            ("Reddy", "reddy"),
        ],
        order: Order::GivenFirst,
    },
    Culture {
        given: &[
            ("美咲", "misaki"),
            ("陽翔", "haruto"),
            ("さくら", "sakura"),
            ("健太", "kenta"),
            ("结衣", "yui"),
            ("伟", "wei"),
            ("静", "jing"),
            ("明", "ming"),
            ("지우", "jiwoo"),
            ("민준", "minjun"),
            ("서연", "seoyeon"),
            ("하늘", "haneul"),
        ],
        family: &[
            ("佐藤", "sato"),
            ("鈴木", "suzuki"),
            ("高橋", "takahashi"),
            ("王", "wang"),
            ("李", "li"),
            ("张", "zhang"),
            ("김", "kim"),
            ("박", "park"),
        ],
        order: Order::FamilyFirst,
    },
    Culture {
        given: &[
            ("Юлия", "yuliya"),
            ("Дмитро", "dmytro"),
            ("Олена", "olena"),
            ("Иван", "ivan"),
            ("Ελένη", "eleni"),
            ("Νίκος", "nikos"),
            ("Милица", "milica"),
            ("Борис", "boris"),
        ],
        family: &[
            ("Шевченко", "shevchenko"),
            ("Коваленко", "kovalenko"),
            ("Петрова", "petrova"),
            ("Παπαδόπουλος", "papadopoulos"),
            ("Јовановић", "jovanovic"),
            ("Лысенко", "lysenko"),
        ],
        order: Order::GivenFirst,
    },
];

/// A person's name and the local part that goes with it.
pub fn person(chance: &mut Chance) -> (String, String) {
    let culture = chance.pick(CULTURES);
    let (given, given_ascii) = chance.pick(culture.given);
    let (family, family_ascii) = chance.pick(culture.family);
    let name = match culture.order {
        Order::GivenFirst => format!("{given} {family}"),
        Order::FamilyFirst => format!("{family} {given}"),
    };
    (name, format!("{given_ascii}.{family_ascii}"))
}

const CLIENTS: &[Name] = &[
    ("Harbour Coffee", "harbour-coffee"),
    ("Northgate Dental", "northgate-dental"),
    ("Café Lumière", "cafe-lumiere"),
    ("Fjord & Fell Outfitters", "fjord-fell"),
    ("Kestrel Insurance", "kestrel-insurance"),
    ("Müller Fahrräder", "mueller-fahrraeder"),
    ("Saffron Kitchen", "saffron-kitchen"),
    ("Bluebell Nurseries", "bluebell-nurseries"),
    ("Osprey Logistics", "osprey-logistics"),
    ("Tidewater Credit Union", "tidewater"),
    ("Orchard Street Books", "orchard-books"),
    ("Alma Hotels", "alma-hotels"),
    ("Pinecrest Veterinary", "pinecrest-vet"),
    ("Volta Energía", "volta-energia"),
    ("Granite Peak Gyms", "granite-peak"),
    ("Cobalt Robotics", "cobalt-robotics"),
    ("Meadowlark Schools", "meadowlark"),
    ("Juniper & Rye", "juniper-rye"),
    ("Sakura Travel 桜", "sakura-travel"),
    ("Lindqvist Arkitekter", "lindqvist-arkitekter"),
    ("Red Barn Dairy", "red-barn"),
    ("Halcyon Spa", "halcyon-spa"),
    ("Beacon Legal", "beacon-legal"),
    ("Copperfield Theatre", "copperfield"),
    ("Summit Roofing", "summit-roofing"),
    ("Olive Branch Catering", "olive-branch"),
    ("Wavelength Audio", "wavelength-audio"),
    ("Okafor Textiles", "okafor-textiles"),
    ("Silver Birch Care Homes", "silver-birch"),
    ("Atlas Removals", "atlas-removals"),
    ("Petit Pain", "petit-pain"),
    ("Quayside Marine", "quayside-marine"),
    ("Nimbus Weather", "nimbus-weather"),
    ("Thistle Gin", "thistle-gin"),
    ("Ember Ceramics", "ember-ceramics"),
    ("Marigold Florists", "marigold"),
    ("Ironbridge Museum", "ironbridge"),
    ("Pacífico Surf", "pacifico-surf"),
    ("Lantern Street Clinic", "lantern-clinic"),
    ("Foxglove Interiors", "foxglove"),
    ("Rowan Analytics", "rowan-analytics"),
    ("Castle Hill Brewery", "castle-hill"),
];

/// The name and domain of the `index`th client.
pub fn client(index: usize) -> (String, String) {
    let (name, domain) = CLIENTS[index % CLIENTS.len()];
    match index / CLIENTS.len() {
        0 => (name.to_owned(), domain.to_owned()),
        round => (format!("{name} {}", round + 1), format!("{domain}-{}", round + 1)),
    }
}
