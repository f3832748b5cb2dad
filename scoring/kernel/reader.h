/* What words mean to the rules, the word models, the vote and the register, laid out side by side. */

#ifndef BECALM_READER_H
#define BECALM_READER_H

#include "kernel.h"

typedef struct {
    uint32_t start, end;
} Range;

typedef struct {
    double danger, anger;
} Weight;

/* A word, or a beginning of words. */
typedef struct {
    Weight weight;    /* what the register says of the word */
    uint64_t counted; /* the votes and families it counts for, one bit each */
    uint64_t classes; /* the closed classes it is in, one bit each */
    uint32_t asks;    /* how it asks something without a mark */
    Range cues;       /* of `cues`: a phrase, times `CUES`, and which of its cues the word is */
    uint32_t dense;   /* the same as bits, from here on in `Reader.dense`, when there are many; else NOWHERE */
    Range senses;     /* of `senses`, by element */
    uint64_t elements; /* which of them may be there: a bit for each 64th */
} Entry;

/* An element of phrases that a word begins, and what must follow it there. */
typedef struct {
    uint32_t element;
    Range rests;
} Sense;

/* One of the words that must follow. */
typedef struct {
    PyObject *word;
    bool stem;
} Follower;

typedef struct {
    uint32_t element, gap;
    bool optional;
} Step;

typedef struct {
    Range steps;
    uint32_t rule;
    int32_t group;   /* the group of evidence it is a clue of, or -1 */
    bool silences;   /* it does not speak, but silences the others of its rule */
} Phrase;

typedef struct {
    PyObject *rule;
    Range silencers; /* of phrases */
} Rule;

/* The groups a danger is told from, and those that may show it, one bit each. */
typedef struct {
    uint64_t needed, shown;
} Danger;

enum { ALONE = 1, FIRST = 2, SECOND = 4 }; /* by itself, or as the first or the second of two words */

#define CUES 3    /* of a phrase */
#define MANY 48   /* cues of one word from which bits are quicker */
#define LONGEST 64 /* signs of the longest word of a list */
#define MOST_COUNTED 64
#define COUNTED_BYTES 256

typedef struct {
    PyObject_HEAD
    Table words, stems; /* -> entries */
    Table heads;        /* beginnings of words as the register knows them -> weights */
    Table pairs;        /* two of them with a space between -> pair_weights */
    double *pair_weights;
    uint64_t *said;     /* the pairs a text holds, one bit each */
    size_t pair_count;
    double (*frames)[64]; /* what a class says, and two of them, the lower first */
    Entry *entries;
    uint32_t *cues;
    Sense *senses;
    Range *rests; /* of `followers` */
    Follower *followers;
    Phrase *phrases;
    Step *steps;
    Rule *rules;
    Danger *dangers;
    Weight *weights;
    uint32_t *places; /* at which bit the number of each vote and family stands in what is counted */
    uint64_t *dense;    /* the cues of the commonest words: a bit for each phrase, once for each of `CUES` */
    uint64_t *lacking;  /* likewise, the cues that a short phrase does not have */
    uint64_t *speaking; /* those that do not silence others */
    uint32_t width;     /* of a bit for each phrase, in these numbers */
    Py_ssize_t entry_count, phrase_count, rule_count, danger_count, follower_count, place_count;
    uint32_t any, number, end, digits; /* entries: any word, a number, the end of a sentence; the cues of numbers */
    uint32_t numbers[3], stop;         /* weights: numbers by their length, the end of a sentence */
    uint32_t families, languages;      /* per language, above the votes */
} Reader;

/* One word of a text. */
typedef struct {
    PyObject *text;
    const uint8_t *signs;
    uint32_t size, hash;
    uint32_t head;       /* what the register knows of its beginning: of `Reader.weights`, or NOWHERE */
    uint64_t elements;   /* of all its entries */
    uint32_t sources[2]; /* of `Page.sources`: the entries it has, in the order in which they count */
    bool first;          /* it was not said before in the text */
} Token;

typedef struct {
    Reader *self;
    Token *tokens;
    uint32_t count;
    uint32_t *sources, source_count;
    uint64_t *heard; /* the cues it holds: a bit for each phrase, once for each of `CUES` */
    uint64_t *woken; /* the phrases all of whose cues it holds, a bit each */
} Page;

/* The first place where a phrase stands, as a range of tokens. */
bool phrase_search(const Page *page, uint32_t phrase, Range *found);

#endif
