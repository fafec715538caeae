/* Words that sentences.c goes by, of English: from sentencex 1.0.32 (MIT, Wikimedia: languages/{abbrev,starters,fronting,
 * trailing_markers}/en.txt). Sorted; U+00BA, U+00B0 and U+0331 of three abbreviations of "number" stand in the code.
 */
#ifndef NC_SENTENCE_WORDS_H
#define NC_SENTENCE_WORDS_H

#include <stdint.h>

/* Abbreviations, lower case, without the last full stop. */
static const char ABBREVIATIONS[252][10] = {
  "a", "abbrev", "adj", "adm", "adv", "al", "ala", "alta", "apr", "arc", "ariz", "ark", "art", "assn", "asst",
  "attys", "aug", "ave", "b", "bart", "bld", "bldg", "blvd", "brig", "bros", "btw", "c", "c.f", "ca", "cal", "calif",
  "capt", "cf", "cit", "cl", "cmdr", "co", "col", "colo", "comdr", "con", "conn", "corp", "cpl", "cres", "ct", "d",
  "d.c", "d.phil", "dak", "dc", "dec", "del", "dept", "det", "dist", "dr", "dr.phil", "dr.philos", "drs", "e", "e.d",
  "e.g", "eg", "ens", "esp", "esq", "etc", "exec", "exp", "expy", "ext", "f", "f.f", "feb", "fed", "ff", "fig", "fla",
  "fr", "ft", "fwy", "fy", "g", "ga", "gen", "gov", "h", "hon", "hosp", "hr", "hway", "hwy", "i", "i.a", "i.e", "ia",
  "ibid", "id", "ida", "ie", "ill", "inc", "ind", "ing", "insp", "j", "jan", "jr", "jul", "jun", "k", "kan", "kans",
  "ken", "ky", "l", "la", "ll", "ll.b", "ll.d", "ll.m", "llb", "lld", "llm", "loc", "lt", "ltd", "m", "maj", "mar",
  "may", "md", "me", "med", "messrs", "mex", "mfg", "mich", "min", "minn", "miss", "mlle", "mm", "mme", "mo", "mont",
  "mr", "mrs", "ms", "msgr", "mssrs", "mt", "mtn", "n", "nb", "neb", "nebr", "nem", "nev", "no", "nos", "nov", "nr",
  "o", "oct", "ok", "okla", "ont", "op", "ord", "ore", "p", "p.g", "p.s", "pa", "pd", "pde", "penn", "penna", "pfc",
  "pg", "ph", "ph.d", "pl", "plz", "pp", "pps", "pres", "prof", "ps", "pvt", "q", "qq", "qq.v", "que", "r", "rd",
  "re", "ref", "reg", "rep", "reps", "res", "rev", "rs", "rt", "s", "s.l", "s.s", "sask", "sc", "scil", "sec", "sen",
  "sens", "sep", "sept", "sfc", "sgt", "sr", "st", "supt", "surg", "t", "tce", "tenn", "tex", "u", "u.s", "univ",
  "usafa", "ut", "v", "va", "ver", "viz", "vs", "vt", "w", "w.e.f", "w.r.t", "wef", "wis", "wisc", "wrt", "wy", "wyo",
  "x", "y", "yuk", "z",
};
/* Where those of a letter begin. */
static const uint8_t ABBREVIATIONS_OF[27] = {
  0, 18, 26, 46, 60, 72, 83, 87, 93, 106, 111, 116, 128, 154, 164, 172, 192, 196, 207, 224, 228, 233, 239, 248, 249, 251, 252,
};

/* Words that begin sentences: after one of the abbreviations they mean that it ended a sentence. */
static const char STARTERS[217][15] = {
  "About", "According", "Accordingly", "Actually", "Additionally", "After", "Again", "All", "Also", "Although",
  "Always", "Among", "An", "And", "Another", "Any", "Anyway", "Apparently", "Are", "As", "At", "Back", "Because",
  "Before", "Besides", "Between", "Both", "But", "By", "Can", "Cannot", "Clearly", "Coincidentally", "Consequently",
  "Conversely", "Could", "Dear", "Despite", "Did", "Do", "Does", "Don't", "During", "Each", "Early", "Eight", "Even",
  "Eventually", "Every", "Everybody", "Everyone", "Except", "Fifth", "Finally", "First", "Following", "For", "Four",
  "Fourth", "From", "Further", "Furthermore", "Generally", "Given", "Go", "Great", "Had", "Has", "Have", "Having",
  "He", "Hence", "Her", "Here", "His", "How", "However", "If", "In", "Indeed", "Initially", "Instead", "Is", "It",
  "Its", "Just", "Last", "Lately", "Later", "Let", "Like", "Many", "Maybe", "Meanwhile", "Might", "More", "Moreover",
  "Most", "Much", "Must", "My", "Neither", "Never", "Nevertheless", "New", "Next", "Ninth", "No", "None",
  "Nonetheless", "Nor", "Not", "Nothing", "Now", "Obviously", "Of", "Often", "On", "Once", "One", "Only", "Or",
  "Other", "Others", "Otherwise", "Ought", "Our", "Over", "Particularly", "People", "Perhaps", "Please", "Previous",
  "Rarely", "Rather", "Recent", "Recently", "Right", "Second", "See", "Seventh", "Several", "Shall", "She", "Shortly",
  "Should", "Similarly", "Since", "Sixth", "So", "Some", "Sometimes", "Soon", "Specifically", "Start", "Still",
  "Subsequently", "Such", "Suddenly", "Take", "Tenth", "That", "The", "Their", "Then", "There", "Thereafter",
  "Therefore", "These", "They", "Third", "This", "Those", "Three", "Through", "Thus", "To", "Today", "Tomorrow",
  "Tonight", "Two", "Under", "Unfortunately", "Unlike", "Until", "Upon", "Using", "Usually", "Was", "We", "Well",
  "Were", "What", "Whatever", "When", "Whenever", "Where", "Whereas", "Wherever", "Whether", "Which", "Whichever",
  "While", "Whilst", "Who", "Whose", "Why", "Will", "With", "Within", "Without", "Would", "Yes", "Yesterday", "Yet",
  "You", "Your",
};

/* Words of an adverbial phrase in front of a sentence ("In the morning at 7 a.m. …"), lower case. */
static const char FRONTING[81][11] = {
  "a", "about", "above", "across", "after", "afternoon", "again", "against", "along", "also", "among", "an", "and",
  "around", "at", "before", "behind", "below", "beneath", "beside", "between", "beyond", "but", "by", "dawn", "day",
  "despite", "during", "dusk", "earlier", "evening", "finally", "for", "from", "in", "inside", "into", "just",
  "later", "meanwhile", "midnight", "month", "morning", "near", "night", "noon", "nor", "now", "of", "off", "on",
  "onto", "or", "outside", "over", "past", "recently", "since", "sometimes", "soon", "the", "then", "through",
  "throughout", "to", "today", "tomorrow", "tonight", "toward", "under", "underneath", "until", "up", "upon", "week",
  "weekend", "with", "within", "without", "year", "yesterday",
};

/* What may end a sentence or not, by what follows: times, eras, units, degrees, directions. In this order. */
typedef struct {
  char suffix[6];
  uint8_t size;
  uint8_t any_case;      /* upper and lower case alike */
  uint8_t digit_breaks;  /* a number after it begins a sentence */
  uint8_t after_digit;   /* only behind a number */
} marker;
static const marker MARKERS[60] = {
  {"a.m", 3, 1, 1, 0}, {"a. m", 4, 1, 1, 0}, {"p.m", 3, 1, 1, 0}, {"p. m", 4, 1, 1, 0}, {"A.D", 3, 0, 0, 0},
  {"B.C", 3, 0, 0, 0}, {"B.C.E", 5, 0, 0, 0}, {"C.E", 3, 0, 0, 0}, {"gal", 3, 1, 0, 1}, {"fl", 2, 1, 0, 0},
  {"ft", 2, 1, 0, 0}, {"in", 2, 1, 0, 1}, {"lb", 2, 1, 0, 0}, {"mi", 2, 1, 0, 0}, {"mph", 3, 1, 0, 0},
  {"oz", 2, 1, 0, 0}, {"pt", 2, 1, 0, 0}, {"qt", 2, 1, 0, 0}, {"sq", 2, 1, 0, 0}, {"yd", 2, 1, 0, 0},
  {"b.a", 3, 1, 0, 0}, {"ba", 2, 1, 0, 0}, {"b.com", 5, 1, 0, 0}, {"bcom", 4, 1, 0, 0}, {"b.s", 3, 1, 0, 0},
  {"bs", 2, 1, 0, 0}, {"b.sc", 4, 1, 0, 0}, {"bsc", 3, 1, 0, 0}, {"d.d.s", 5, 1, 0, 0}, {"dds", 3, 1, 0, 0},
  {"j.d", 3, 1, 0, 0}, {"jd", 2, 1, 0, 0}, {"ll.b", 4, 1, 0, 0}, {"llb", 3, 1, 0, 0}, {"ll.d", 4, 1, 0, 0},
  {"lld", 3, 1, 0, 0}, {"ll.m", 4, 1, 0, 0}, {"llm", 3, 1, 0, 0}, {"m.a", 3, 1, 0, 0}, {"ma", 2, 1, 0, 0},
  {"m.b.a", 5, 1, 0, 0}, {"mba", 3, 1, 0, 0}, {"m.com", 5, 1, 0, 0}, {"mcom", 4, 1, 0, 0}, {"m.d", 3, 1, 0, 0},
  {"md", 2, 1, 0, 0}, {"m.s", 3, 1, 0, 0}, {"ms", 2, 1, 0, 0}, {"m.sc", 4, 1, 0, 0}, {"msc", 3, 1, 0, 0},
  {"ph.d", 4, 1, 0, 0}, {"phd", 3, 1, 0, 0}, {"ne", 2, 1, 0, 0}, {"n.e", 3, 1, 0, 0}, {"nw", 2, 1, 0, 0},
  {"n.w", 3, 1, 0, 0}, {"se", 2, 1, 0, 0}, {"s.e", 3, 1, 0, 0}, {"sw", 2, 1, 0, 0}, {"s.w", 3, 1, 0, 0},
};
/* By the last letter of a marker: bits of the characters before it, a letter, a full stop (26) or a blank (27). */
static const uint32_t MARKER_PAIRS[26] = {
  0x4001002, 0x4000800, 0x4040000, 0x5001a80, 0x4042000, 0x0, 0x0, 0x8000, 0x1000, 0x0, 0x0, 0x21, 0xc004800,
  0x100, 0x0, 0x0, 0x40000, 0x0, 0x400100a, 0x18020, 0x0, 0x0, 0x4042000, 0x0, 0x0, 0x4000,
};

#endif
