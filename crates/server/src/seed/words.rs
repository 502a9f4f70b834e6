//! What things and people are called.
//!
//! In: nothing. Out: lists of names, places, products and sentences.
//! Invariant: nobody real is meant; addresses use reserved domains (RFC 2606).

/// Where somebody comes from, with what that implies.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Culture {
    pub(super) country: &'static str,
    pub(super) dial: &'static str,
    pub(super) cities: &'static [&'static str],
    pub(super) first: &'static [&'static str],
    pub(super) last: &'static [&'static str],
    pub(super) forms: &'static [&'static str],
}

pub(super) const CULTURES: &[Culture] = &[
    Culture {
        country: "Germany", dial: "+49",
        cities: &["Berlin", "Hamburg", "München", "Köln", "Leipzig", "Stuttgart", "Bremen"],
        first: &["Anna", "Lukas", "Katharina", "Jonas", "Friederike", "Matthias", "Jörg", "Ulrike", "Felix", "Annika", "Tobias", "Sabine", "Moritz", "Greta", "Heiko", "Birgit"],
        last: &["Müller", "Schneider", "Weber", "Hoffmann", "Krüger", "Vogel", "Böhm", "Schäfer", "Lindemann", "Brandt", "Peters", "Reinhardt", "Kühn", "Voigt", "Sommer", "Arnold"],
        forms: &["GmbH", "AG", "& Söhne", "KG"],
    },
    Culture {
        country: "United States", dial: "+1",
        cities: &["Austin", "Denver", "Portland", "Chicago", "Boston", "Nashville", "Seattle"],
        first: &["Emily", "Jacob", "Ashley", "Michael", "Hannah", "Tyler", "Megan", "Brandon", "Olivia", "Ethan", "Grace", "Logan", "Madison", "Caleb", "Abigail", "Owen"],
        last: &["Smith", "Johnson", "Walker", "Bennett", "Carter", "Hayes", "Sullivan", "Brooks", "Foster", "Reed", "Coleman", "Parker", "Morgan", "Quinn", "Ellis", "Hunt"],
        forms: &["Inc.", "LLC", "Group", "Partners"],
    },
    Culture {
        country: "France", dial: "+33",
        cities: &["Paris", "Lyon", "Nantes", "Lille", "Bordeaux", "Toulouse"],
        first: &["Camille", "Antoine", "Élodie", "Julien", "Chloé", "Rémi", "Aurélie", "Mathieu", "Inès", "Théo", "Margaux", "Benoît", "Céline", "Hugo"],
        last: &["Dubois", "Lefèvre", "Moreau", "Girard", "Bonnet", "Fontaine", "Chevalier", "Gauthier", "Marchand", "Renaud", "Perrin", "Lambert", "Roussel", "Blanchard"],
        forms: &["SARL", "SA", "et Fils", "SAS"],
    },
    Culture {
        country: "Spain", dial: "+34",
        cities: &["Madrid", "Barcelona", "Valencia", "Sevilla", "Bilbao", "Málaga"],
        first: &["Lucía", "Javier", "Carmen", "Álvaro", "Marta", "Sergio", "Elena", "Pablo", "Nuria", "Diego", "Irene", "Rubén", "Sofía", "Andrés"],
        last: &["García", "Fernández", "Martínez", "Navarro", "Ortega", "Ibáñez", "Serrano", "Molina", "Castro", "Núñez", "Rubio", "Vega", "Campos", "Gil"],
        forms: &["S.L.", "S.A.", "Hermanos"],
    },
    Culture {
        country: "Brazil", dial: "+55",
        cities: &["São Paulo", "Recife", "Curitiba", "Porto Alegre", "Salvador", "Belo Horizonte"],
        first: &["Mariana", "João", "Beatriz", "Rafael", "Larissa", "Thiago", "Fernanda", "Gustavo", "Letícia", "Caio", "Júlia", "Vinícius"],
        last: &["Silva", "Santos", "Oliveira", "Pereira", "Almeida", "Carvalho", "Ribeiro", "Gonçalves", "Araújo", "Teixeira", "Moura", "Barbosa"],
        forms: &["Ltda", "S.A.", "Irmãos"],
    },
    Culture {
        country: "India", dial: "+91",
        cities: &["Bengaluru", "Mumbai", "Pune", "Chennai", "Hyderabad", "Jaipur"],
        first: &["Priya", "Arjun", "Ananya", "Rohan", "Kavya", "Vikram", "Neha", "Sanjay", "Meera", "Aditya", "Divya", "Rahul", "Ishita", "Karthik"],
        last: &["Sharma", "Patel", "Iyer", "Reddy", "Mehta", "Kapoor", "Nair", "Chatterjee", "Desai", "Joshi", "Bhatt", "Menon", "Gupta", "Rao"],
        forms: &["Pvt Ltd", "Industries", "& Sons"],
    },
    Culture {
        country: "Japan", dial: "+81",
        cities: &["Tokyo", "Osaka", "Nagoya", "Fukuoka", "Sapporo", "Kyoto"],
        first: &["Yuki", "Haruto", "Sakura", "Kenji", "Aiko", "Takumi", "Naoko", "Ren", "Emi", "Daichi", "Mio", "Shota"],
        last: &["Tanaka", "Suzuki", "Watanabe", "Kobayashi", "Nakamura", "Yamada", "Ishikawa", "Mori", "Hayashi", "Fujita", "Okada", "Matsuda"],
        forms: &["K.K.", "Co., Ltd.", "Works"],
    },
    Culture {
        country: "Poland", dial: "+48",
        cities: &["Warszawa", "Kraków", "Wrocław", "Poznań", "Gdańsk", "Łódź"],
        first: &["Agnieszka", "Piotr", "Katarzyna", "Tomasz", "Małgorzata", "Paweł", "Zofia", "Michał", "Joanna", "Łukasz", "Ewa", "Jakub"],
        last: &["Kowalski", "Wiśniewski", "Wójcik", "Kamiński", "Lewandowski", "Zieliński", "Szymański", "Dąbrowski", "Mazur", "Krawczyk", "Górski", "Pawlak"],
        forms: &["Sp. z o.o.", "S.A.", "i Synowie"],
    },
    Culture {
        country: "Nigeria", dial: "+234",
        cities: &["Lagos", "Abuja", "Ibadan", "Port Harcourt", "Enugu"],
        first: &["Chioma", "Emeka", "Ngozi", "Tunde", "Amara", "Olumide", "Adaeze", "Babajide", "Funmilayo", "Ifeanyi", "Zainab", "Sola"],
        last: &["Okafor", "Adeyemi", "Balogun", "Eze", "Okonkwo", "Nwosu", "Abiola", "Ogunleye", "Danjuma", "Ibrahim", "Uche", "Afolabi"],
        forms: &["Ltd", "Ventures", "Holdings"],
    },
    Culture {
        country: "Sweden", dial: "+46",
        cities: &["Stockholm", "Göteborg", "Malmö", "Uppsala", "Umeå"],
        first: &["Astrid", "Erik", "Linnéa", "Oskar", "Maja", "Gustav", "Ebba", "Nils", "Freja", "Viktor", "Elsa", "Håkan"],
        last: &["Andersson", "Lindqvist", "Bergström", "Nyström", "Sjöberg", "Holm", "Ekström", "Lundgren", "Åkesson", "Wallin", "Forsberg", "Dahl"],
        forms: &["AB", "& Co", "Gruppen"],
    },
    Culture {
        country: "Türkiye", dial: "+90",
        cities: &["İstanbul", "Ankara", "İzmir", "Bursa", "Antalya"],
        first: &["Ayşe", "Mehmet", "Zeynep", "Emre", "Elif", "Mustafa", "Defne", "Burak", "Selin", "Kerem", "Çağla", "Ozan"],
        last: &["Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Öztürk", "Aydın", "Arslan", "Doğan", "Koç", "Erdem"],
        forms: &["A.Ş.", "Ltd. Şti.", "Holding"],
    },
    Culture {
        country: "Vietnam", dial: "+84",
        cities: &["Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ", "Hải Phòng"],
        first: &["Linh", "Minh", "Hương", "Tuấn", "Thảo", "Quang", "Mai", "Đức", "Lan", "Phong", "Ngọc", "Hải"],
        last: &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"],
        forms: &["Co., Ltd", "Group", "JSC"],
    },
];

/// Stems of company names, and the industry each belongs to.
pub(super) const TRADES: &[(&str, &str)] = &[
    ("Logistics", "Logistics"), ("Robotics", "Manufacturing"), ("Textiles", "Manufacturing"), ("Foods", "Food and drink"),
    ("Brewery", "Food and drink"), ("Optics", "Manufacturing"), ("Analytics", "Software"), ("Software", "Software"),
    ("Clinics", "Health care"), ("Pharma", "Health care"), ("Energy", "Energy"), ("Solar", "Energy"), ("Marine", "Transport"),
    ("Airways", "Transport"), ("Rail", "Transport"), ("Capital", "Finance"), ("Insurance", "Finance"), ("Architects", "Construction"),
    ("Timber", "Construction"), ("Concrete", "Construction"), ("Media", "Media"), ("Press", "Media"), ("Education", "Education"),
    ("Hotels", "Hospitality"), ("Gardens", "Agriculture"), ("Dairy", "Agriculture"), ("Mobility", "Automotive"), ("Motors", "Automotive"),
    ("Telecom", "Telecommunications"), ("Retail", "Retail"), ("Outfitters", "Retail"), ("Recycling", "Environment"),
];

pub(super) const JOB_TITLES: &[&str] = &[
    "Managing Director", "Head of Purchasing", "Operations Manager", "IT Manager", "Chief Financial Officer", "Office Manager",
    "Project Lead", "Buyer", "Head of Sales", "Marketing Manager", "Plant Manager", "Data Analyst", "Software Engineer",
    "Customer Success Manager", "HR Manager", "Head of Logistics", "Quality Manager", "Consultant", "Assistant to the Board", "Controller",
];

pub(super) const SOURCES: &[&str] = &["Website", "Referral", "Trade fair", "Webinar", "Cold call", "Partner", "Newsletter"];
pub(super) const TAGS: &[&str] = &["vip", "newsletter", "decision-maker", "reference", "partner", "event-2026", "technical"];

/// Products: name, code, price.
pub(super) const PRODUCTS: &[(&str, &str, i64)] = &[
    ("Starter plan", "PLAN-S", 1_200), ("Team plan", "PLAN-T", 4_800), ("Business plan", "PLAN-B", 14_400),
    ("Enterprise plan", "PLAN-E", 48_000), ("Onboarding", "SRV-ON", 3_500), ("Data migration", "SRV-MIG", 6_000),
    ("Training day", "SRV-TR", 1_800), ("Premium support", "SRV-SUP", 9_600), ("Integration package", "SRV-INT", 12_500),
    ("Audit", "SRV-AUD", 5_400), ("Sandbox", "ADD-SBX", 2_400), ("Analytics add-on", "ADD-ANA", 3_900),
];

pub(super) const LOST_REASONS: &[&str] =
    &["Price", "Went with a competitor", "No budget this year", "No decision", "Missing feature", "Project cancelled"];
pub(super) const NEXT_STEPS: &[&str] = &[
    "Send the revised offer", "Call about the open questions", "Demo for the whole team", "Wait for legal", "Meet the buyer",
    "Agree on a start date", "Send references",
];

pub(super) const CALLS: &[(&str, &str)] = &[
    ("Introductory call", "They found us through a colleague. Current tool is slow and nobody trusts its numbers. Wants to see a demo."),
    ("Call about the offer", "Went through the offer line by line. Price is fine, the start date is not: they need four more weeks."),
    ("Checked in", "All well. Two more people will start using it next month; sends their names by mail."),
    ("Call back as promised", "Answered the question about data protection. She passes it on to their officer."),
    ("Left a message", "Out of office until Monday; asked the front desk to pass on that I called."),
    ("Renewal", "Renewal is on his list. Would like a three-year term if there is a discount for it."),
];
pub(super) const NOTES: &[(&str, &str)] = &[
    ("", "Prefers mail to calls, and answers within the day."),
    ("", "Budget is decided in October. Be there in September."),
    ("", "Knows our product from a former job and speaks well of it."),
    ("", "The decision is made by three people; the IT manager has a veto."),
    ("", "Asked for a reference in the same industry and of the same size."),
    ("", "Uses a competitor until the end of the year. Contract ends 31 December."),
];
pub(super) const EMAILS: &[(&str, &str)] = &[
    ("Offer as discussed", "Attached is the offer as discussed on the phone. The onboarding is listed separately, so that you can decide on it later."),
    ("Thank you for your time", "Thank you for your time today. I will send the summary tomorrow and the dates for the workshop by Friday."),
    ("Documents for your legal team", "Here are the contract, the data processing agreement and the list of subprocessors."),
    ("A short question", "Could you tell me how many people would work with it in the first month? It decides which plan fits."),
    ("Invitation", "We show the new release to a small group of customers. It would be good to have you there."),
];
pub(super) const MEETINGS: &[(&str, &str)] = &[
    ("Demo", "Showed the board, the import and the reports with their own data. The import of the old export took a minute, which convinced the sceptics."),
    ("Workshop on site", "Mapped their sales process: five stages, two of which nobody uses. We start with three."),
    ("Quarterly review", "Adoption is good in two of three teams. The third gets a training day in the new year."),
    ("Lunch", "No agenda. They plan to open an office in the south and will need ten more seats."),
];
pub(super) const TASKS: &[&str] = &[
    "Send the offer", "Call back", "Prepare the demo", "Ask for the signed contract", "Send references", "Check the invoice address",
    "Book the training day", "Follow up after the trade fair",
];

/// People of the selling team.
pub(super) const SELLERS: &[&str] =
    &["Nora Fields", "Idris Haddad", "Clara Jansen", "Tom Whitaker", "Yara Costa", "Leo Brandt", "Mina Park", "Pavel Novak"];
