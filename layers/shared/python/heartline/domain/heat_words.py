"""What upset customers say, in the languages that Heartline's own phrases are in. Data alone; `heat` reads it.

Written without accents and hyphens, in lower case, as `prose.Folded` leaves words. `*` stands for any ending, `…` for
up to four words of the same clause. A word belongs here if it is said of how one was treated; one that is said of
things and of misfortune (broken, lost, stolen, dead) does not, however dark it is.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one language.

    `angry` says by itself that somebody is upset: reproach, threat, farewell, swearing. `strong` may be said calmly
    too, unless it is said of the `company`: in one clause with a word for it, its people or how they treat one.
    `kind` explains capitals and exclamation marks that are joy. `negations` before one of the others take it back.
    """

    angry: tuple[str, ...]
    strong: tuple[str, ...]
    company: tuple[str, ...]
    kind: tuple[str, ...]
    negations: tuple[str, ...]


VOCABULARIES: Final[dict[str, Vocabulary]] = {
    "en": Vocabulary(
        angry=(
            "a disgrace", "are you kidding", "arsehole*", "as usual", "ashamed of yourself", "ashamed of yourselves",
            "asshole*", "avoid this company", "bad review", "bad … service", "bad … support", "been treated … badly",
            "beggars belief", "being ignored", "better business bureau", "beyond a joke", "beyond annoyed",
            "bullshit", "bunch of clowns", "bunch of crooks", "bunch of idiots", "bunch of liars",
            "call the police on", "closed my ticket", "company is a scam", "consumer protection", "disgraceful",
            "don't bother replying", "don't buy here", "don't care about your customers", "enough is enough",
            "fed up", "fobbed off", "for the third time", "fourth time i", "fuck*", "fuming", "furious",
            "get your act together", "going to the police", "had enough of", "hate this company", "how dare you",
            "how many more times", "how many times do i have to", "how many times must i", "hung up on me",
            "i am furious", "i am … angry", "i demand", "i hate you", "i hate your", "i will leave a bad review",
            "i'm … angry", "ignored me", "ignoring me", "irate", "joke of a company", "just ignore me",
            "keep hanging up", "keep ignoring", "last straw", "legal action", "lied to me", "lied to us", "livid",
            "losing patience", "lost a customer", "lost me as a customer", "lost my patience", "money back now",
            "my lawyer", "my solicitor", "negative review", "never again", "never been treated", "never buy … again",
            "never order … again", "never shop … again", "never use … again", "never … business with you",
            "never … customer again", "no one answers", "no one replies", "nobody answers", "nobody cares",
            "nobody ever", "nobody has answered", "nobody replies", "outraged", "passed from pillar to post",
            "piss off", "pissed off", "poor … communication", "poor … service", "poor … support", "report you to",
            "reported you", "reporting you", "rip off", "ripoff", "ripped off", "run out of patience", "shame on you",
            "shit", "shitty", "sick and tired", "sick of", "small claims", "so angry", "so badly treated",
            "so called service", "so called support", "speak to a manager", "speak to a supervisor",
            "speak to your manager", "stay away from this", "still nobody", "stop ignoring", "stop lying", "sue you",
            "take you to court", "taking my business", "taking the mick", "taking the piss", "talk to a manager",
            "thanks for nothing", "third time i am", "third time i have", "third time i'm", "this is a joke",
            "three times already", "total disgrace", "trading standards", "unacceptable", "very angry",
            "waited … for nothing", "waste of money", "waste of time", "what a joke", "what is wrong with you",
            "what the hell", "worst company", "worst customer service", "worst experience", "worst service",
            "worst … ever", "wtf", "you are a scam", "you are … crooks", "you are … liars", "you are … scammers",
            "you are … thieves", "you lied", "you must be kidding", "you people", "you stupid", "your lies",
            "your stupid",
        ),
        strong=(
            "absurd", "appalling", "ashamed", "chargeback", "clowns", "clueless", "crooks", "dishonest", "excuses",
            "frustrating", "hopeless", "hung up", "idiots", "ignore me", "ignored", "ignoring", "incompetent", "joke",
            "laughable", "lied", "money back", "nightmare", "no one", "nobody", "not acceptable", "outrageous",
            "pathetic", "refund now", "ridiculous", "rubbish", "rude", "scammers", "shameless", "shocking",
            "still no", "unbelievable", "unprofessional", "unreliable", "useless",
        ),
        company=(
            "attitude", "behavior", "behaviour", "colleague", "communication", "company", "experience", "service",
            "services", "shop", "staff", "store", "support", "team", "treat *", "treatment",
        ),
        kind=(
            "amazing", "awesome", "cheers", "congrat*", "excellent", "fantastic", "happy", "love*", "perfect*",
            "thank*", "thx", "wonderful", "yay",
        ),
        negations=(
            "*n't", "cannot", "hardly", "never", "no", "not", "nothing", "without",
        ),
    ),
    "es": Vocabulary(
        angry=(
            "basta ya", "cabread*", "cabron*", "cojones", "cuantas veces mas", "cuantas veces tengo que",
            "cuarta vez que", "devolvedme el dinero", "devuelvanme", "en mi vida vuelvo", "es una broma",
            "estoy hart*", "exijo", "falta de respeto", "furios*", "gilipollas", "hablar con el encargado",
            "hablar con su jefe", "hablar con un responsable", "hablar con vuestro jefe", "hart* de", "harta",
            "harto", "hasta las narices", "hij* de puta", "hoja de reclamaciones", "inaceptable*", "indignad*",
            "indignante", "intolerable*", "joder", "mal servicio", "mala atencion", "me arrepiento de haber",
            "me colgais", "me cuelgan", "me estan enganando", "me habeis mentido", "me han mentido", "me ignorais",
            "me siento enganad*", "mentiros*", "mi abogad*", "mierda", "muy enfadad*", "nadie contesta",
            "nadie da la cara", "nadie de la cara", "nadie me contesta", "nadie me ha contestado",
            "nadie me responde", "nadie responde", "ni una sola vez", "no compreis", "no pienso volver",
            "no teneis verguenza", "no volvere a comprar", "no vuelvo a comprar", "no vuelvo a … en mi vida",
            "nunca mas", "oficina del consumidor", "os denuncio", "os reis de", "os vais a enterar", "pasais de mi",
            "pasan de mi", "peor empresa", "peor servicio", "perdida de tiempo", "perdido la paciencia", "que asco",
            "que verguenza", "quiero mi dinero", "reiros de", "se rien de", "sinverguenza*", "sois … estafadores",
            "sois … ladrones", "sois … mentirosos", "son … estafadores", "son … ladrones", "tercera vez que",
            "tomadura de pelo", "tomando el pelo", "una verguenza", "vaya timo", "voy a denunciar*",
            "voy a la policia", "voy a poner una denuncia", "ya es de risa", "ya no puedo mas",
        ),
        strong=(
            "asco", "de una vez", "decepcionante", "deplorable", "desastre", "enfadad*", "engano", "estafa",
            "estafadores", "excusas", "horrible*", "incompetente*", "increible", "intolerable", "inutil*",
            "lamentable*", "llevo meses", "llevo semanas", "maleducad*", "nadie", "nefast*", "ni caso",
            "ninguna respuesta", "pesim*", "ridicul*", "timo", "todavia nada", "vergonzos*", "ya mismo",
        ),
        company=(
            "atencion", "compania", "empresa", "servicio", "soporte", "tienda", "trato",
        ),
        kind=(
            "encanta*", "excelente*", "felic*", "genial", "gracias", "maravillos*", "perfect*",
        ),
        negations=(
            "jamas", "ni", "no", "nunca", "sin", "tampoco",
        ),
    ),
    "de": Vocabulary(
        angry=(
            "abgewimmelt", "abzocke*", "abzocker", "angelogen", "anwalt einschalten", "anzeige erstatten",
            "arschloch*", "belogen", "bin … sauer", "das dritte mal", "das gibt's doch nicht", "den anwalt",
            "drecksladen", "eine schande", "eine zumutung", "einen anwalt", "einfach aufgelegt", "emport",
            "finger weg", "frechheit", "fur dumm", "geduld … ende", "geduldsfaden", "gehe ich zur polizei",
            "hab genug", "habe genug", "hingehalten", "ich verlange", "ihr ignoriert", "inakzeptabel", "jetzt reicht",
            "kann doch nicht sein", "kann ja wohl nicht", "keiner antwortet", "keiner meldet sich", "kotzt mich an",
            "liest das … jemand", "lugner", "mein* anwalt", "meldet sich niemand", "mies", "miese", "miesen",
            "mieser", "mieses", "mir reicht", "nase voll", "negative bewertung", "nicht wahr sein", "nicht zu fassen",
            "nie mehr bei", "nie mehr bei ihnen", "nie wieder", "niemand antwortet", "rechtliche schritte",
            "reicht mir", "saftladen", "sauer auf", "schamen sie sich", "schamt euch", "scheiss*",
            "schlechte bewertung", "schlechte* … kundendienst", "schlechte* … kundenservice", "schlechte* … service",
            "schlechte* … support", "schlechteste*", "schnauze voll", "seid … betruger", "sind … betruger",
            "so wutend", "stinksauer", "unterirdisch*", "unverschaemt*", "unverschamt*", "unverschamtheit",
            "verarsch*", "verarschen", "verbraucherzentrale", "verdammt*", "vorgesetzten sprechen", "warne jeden",
            "werde … ignoriert", "wie oft denn noch", "wie oft muss ich euch", "wie oft muss ich noch",
            "wie oft soll ich noch", "wurde … ignoriert", "wutend", "zeitverschwendung", "zum anwalt",
            "zum dritten mal", "zum kotzen", "zum vierten mal", "zur polizei gehen",
        ),
        strong=(
            "argerlich", "aufgelegt", "ausreden", "betrueger", "betrug", "betruger", "bodenlos*", "dreist*",
            "emporend", "enttauscht", "furchtbar*", "geld zuruck", "gelogen", "immer noch keine", "immer noch nicht",
            "katastrophal*", "katastrophe", "keiner", "lacherlich", "laecherlich", "luge*", "miserabel", "miserable*",
            "niemand", "sauer", "schande", "schlamper*", "schon wieder", "schrecklich*", "seit monaten",
            "seit wochen", "unfahig*", "unfassbar", "unfreundlich*", "unglaublich", "unprofessionell", "unzumutbar",
            "verargert", "zumutung",
        ),
        company=(
            "behandlung", "firma", "kundendienst", "kundenservice", "laden", "mitarbeiter*", "service", "support",
            "umgang", "unternehmen", "verhalten",
        ),
        kind=(
            "dank", "danke*", "freue", "herzlich*", "klasse", "perfekt*", "super", "toll*",
        ),
        negations=(
            "kein*", "nicht", "nie", "niemals", "ohne", "weder",
        ),
    ),
    "fr": Vocabulary(
        angry=(
            "action en justice", "aucun respect", "bande d'escrocs", "bande d'incapables", "bande de menteurs",
            "bande de nuls", "bande de voleurs", "bordel", "c'en est trop", "c'est du vol", "c'est n'importe quoi",
            "c'est scandaleux", "ca suffit", "combien de fois dois je", "combien de fois faut il", "connard*",
            "deplorable*", "dgccrf", "en ai assez", "en ai marre", "en colere", "fichez de moi", "fichez de nous",
            "foutage de gueule", "foutez de", "furieu*", "fuyez", "honteux", "hors de moi", "inacceptable*",
            "inadmissible*", "intolerable*", "j'en ai plein", "j'exige", "jamais vu ca", "je veux etre rembourse*",
            "lamentable*", "m'a insulte*", "m'avez insulte*", "manque de respect", "mauvais avis", "mauvais service",
            "me prenez pour", "mensonges", "menti", "merde", "mon avocat", "moquez de moi", "moquez de nous",
            "moquez vous", "ne daigne", "parler a un responsable", "perds patience", "perdu patience",
            "personne ne me repond", "personne ne repond", "perte de temps", "pire entreprise", "pire service",
            "plein le dos", "plus jamais", "porter plainte", "prendre un avocat", "prenez pour des", "putain",
            "quatrieme fois", "quelle honte", "raccroche au nez", "ras le bol", "remboursez moi",
            "rendez moi mon argent", "sans reponse depuis", "scandalise*", "troisieme fois", "une honte",
            "vous etes … escrocs", "vous etes … menteurs", "vous etes … voleurs", "vous moquez de moi",
        ),
        strong=(
            "agace*", "arnaque", "catastrophique", "decevant*", "decu", "decue", "degoute*", "depuis des mois",
            "depuis des semaines", "enerve*", "escrocs", "excuses bidon", "honte", "horrible*", "incapables",
            "incompetent*", "indigne*", "malhonnete*", "nul", "pas serieux", "pitoyable*", "ridicule*", "scandaleu*",
            "toujours pas", "toujours rien",
        ),
        company=(
            "accueil", "boutique", "comportement", "entreprise", "magasin", "service", "societe", "support",
        ),
        kind=(
            "adore", "bravo", "excellent*", "genial*", "merci*", "parfait*", "ravi*", "super",
        ),
        negations=(
            "aucun*", "jamais", "ni", "non", "pas", "sans",
        ),
    ),
    "pt": Vocabulary(
        angry=(
            "a gozar", "atendimento ruim", "bando de", "caloteiros", "cansad* de esperar", "cansei", "caralho",
            "descaso", "desligaram na minha cara", "devolvam", "estao brincando", "estou fart*", "exijo",
            "falar com o gerente", "falta de consideracao", "falta de profissionalismo", "falta de respeito",
            "falta de vergonha", "fart* de", "filh* da puta", "furios*", "gozar comigo", "inaceitavel", "indignad*",
            "livro de reclamacoes", "mau atendimento", "me enganaram", "mentira*", "mentiram", "mentirosos", "merda",
            "meu advogado", "nao comprem", "ninguem me responde", "ninguem responde", "ninguem respondeu",
            "nunca mais", "palhacada", "perda de tempo", "perdi a paciencia", "pessimo atendimento",
            "pior atendimento", "pior empresa", "porra", "procon", "quantas vezes preciso", "quantas vezes tenho",
            "quarta vez que", "que vergonha", "quero meu dinheiro", "quero o dinheiro", "quero o meu dinheiro",
            "reclame aqui", "revoltad*", "roubo isso", "sao … ladroes", "terceira vez que", "um absurdo",
            "um advogado", "um lixo", "uma vergonha", "vou processar",
        ),
        strong=(
            "absurd*", "ainda nada", "chatead*", "decepcionante", "desrespeit*", "estressad*", "ha meses",
            "ha semanas", "horrivel", "inadmissivel", "incompetente*", "irritad*", "lamentavel", "mal atendid*",
            "ninguem", "pessim*", "porcaria", "revoltante", "ridicul*", "sem resposta", "vergonhos*",
        ),
        company=(
            "atendimento", "empresa", "loja", "servico", "suporte",
        ),
        kind=(
            "adorei", "excelente*", "maravilhos*", "obrigad*", "otim*", "parabens", "perfeit*",
        ),
        negations=(
            "jamais", "nao", "nem", "nunca", "sem",
        ),
    ),
    "it": Vocabulary(
        angry=(
            "adesso basta", "arrabbiat*", "associazione consumatori", "avete mentito", "bugie", "cazzo", "che schifo",
            "che vergogna", "denunciarvi", "e uno scandalo", "fate schifo", "furios*", "inaccettabile", "incazzat*",
            "indignat*", "mai piu", "mancanza di rispetto", "merda", "mi avete rubato", "mi state prendendo",
            "mio avvocato", "ne ho abbastanza", "nessuno mi ha risposto", "nessuno mi risponde", "nessuno risponde",
            "non comprate", "ora basta", "parlare con un responsabile", "peggior azienda", "peggior servizio",
            "peggiore esperienza", "peggiore servizio", "perdita di tempo", "perso la pazienza", "pessimo servizio",
            "prendendo in giro", "prendete in giro", "presa in giro", "pretendo", "quante volte devo",
            "quarta volta che", "recensione negativa", "restituitemi", "riattaccato", "ridatemi i",
            "rivoglio i … soldi", "roba da matti", "scherziamo", "servizio pessimo", "siete incapaci",
            "siete … bugiardi", "siete … incapaci", "siete … ladri", "siete … truffatori", "sono stuf*", "stanc* di",
            "state scherzando", "statene alla larga", "stronz*", "stuf* di", "terza volta che", "un avvocato",
            "una vergogna", "vaffanculo", "vergognatevi", "vi denuncio", "vie legali", "voglio i … soldi indietro",
        ),
        strong=(
            "ancora niente", "ancora nulla", "assurd*", "da mesi", "da settimane", "deludente", "delus*", "disonest*",
            "imbarazzante", "incapaci", "incompetent*", "indecente", "maleducat*", "nessuno", "orribile", "penos*",
            "pessim*", "ridicol*", "scandalos*", "schifo", "truffa", "truffatori", "vergogna", "vergognos*",
        ),
        company=(
            "assistenza", "azienda", "negozio", "servizio", "trattamento",
        ),
        kind=(
            "adoro", "complimenti", "fantastic*", "felic*", "grazie", "ottim*", "perfett*",
        ),
        negations=(
            "mai", "ne", "nessun*", "non", "senza",
        ),
    ),
    "nl": Vocabulary(
        angry=(
            "aangifte tegen", "afgescheept", "bedrog", "belachelijk*", "belazerd", "ben er klaar mee", "ben het zat",
            "beu", "boos op jullie", "consumentenbond", "derde keer dat", "een aanfluiting", "een advocaat",
            "een schande", "erg boos", "geduld … op", "geen respect", "godverdomme", "heel boos",
            "helemaal klaar met", "hoe vaak moet ik nog", "ik eis", "jullie zijn … dieven",
            "jullie zijn … leugenaars", "jullie zijn … oplichters", "juridische stappen", "klote*", "koop hier niet",
            "kut", "kutbedrijf", "leidinggevende spreken", "maat is vol", "mijn advocaat", "negatieve review",
            "niemand antwoordt", "niemand reageert", "nog nooit zo", "nooit meer", "nooit weer", "nu is het genoeg",
            "onacceptabel*", "ongehoord", "opgelicht", "pisnijdig", "prutsers", "razend", "schaam je",
            "schaam jullie", "schandalig*", "slechte klantenservice", "slechte review", "slechte service",
            "slechtste", "spuugzat", "stelletje *", "tijdverspilling", "van het kastje naar de muur", "verdomme",
            "vierde keer dat", "voor de gek", "woedend", "word genegeerd", "zo boos",
        ),
        strong=(
            "afschuwelijk", "al maanden", "al weken", "boos", "frustrerend", "geld terug", "gelogen", "incompetent*",
            "irritant", "leugen*", "niemand", "nog steeds geen", "nog steeds niet", "onbeschoft*", "ongelofelijk",
            "ongelooflijk", "onprofessioneel", "oplichters", "oplichting", "schande", "smoesjes", "teleurgesteld",
            "teleurstellend", "verschrikkelijk", "vreselijk", "waardeloos", "weer niet",
        ),
        company=(
            "bedrijf", "behandeling", "helpdesk", "klantenservice", "service", "winkel",
        ),
        kind=(
            "bedankt", "dank*", "fijn", "geweldig", "perfect", "super", "top",
        ),
        negations=(
            "geen", "nauwelijks", "niet", "nooit", "zonder",
        ),
    ),
}  # fmt: skip
