/* The tone of a text as VADER tells it; the twin of `scoring.vader.Vader.judge`, whose comments say why. */

#include "kernel.h"

#include <math.h>

enum {  /* what a word is, as bits; `scoring.vader.Word` and `Grammar` name them */
    ACTIVE = 1, MODIFIES = 2, TURNS = 4, NOTED = 8, NEGATES = 16, IDIOM = 32, VALENT = 64, BOOSTS = 128,
    NO = 256, NEVER = 512, DEGREE = 1024, WITHOUT = 2048, DOUBT = 4096, LEAST = 8192, SUPERLATIVE = 16384,
    KIND = 32768, OF = 65536, NOR = 131072, AFTER = 262144, PLUS = 524288, PAIRED = 1048576,
};

#define NEGATED -0.74
#define CAPITALS 0.733
#define ALPHA 15 /* VADER's normalisation constant */
#define PLAIN 0   /* the number of all words of which nothing is known */
#define JOINED 1  /* the number of those that are known by the negation joined to them alone */
#define KEYLESS 2 /* how many numbers are no word's own */

typedef struct {
    uint32_t bits;
    double valence, boost;
    PyObject *lower;
} Word;

typedef struct {
    uint32_t word;
    bool upper;
} Said;

typedef struct {
    PyObject_HEAD
    Table table;
    Word *words;
    Py_ssize_t count;
    PyObject *joint;      /* the piece that negates, "n't", or an empty string */
    PyObject *slow;       /* token -> its key and whether it is in capitals, or None when nothing is known of it */
    PyObject *idiom;      /* changes a value by the phrases around it */
    PyObject *total;      /* sums a list: how Python does, which differs between its versions */
    PyTypeObject *tone;   /* a tuple of four numbers */
    PyObject *maybe_but;  /* whether a conjunction is spelt out in a text */
    PyObject *pairs;      /* two words -> what they are worth together */
    PyObject *elisions;   /* what is cut off before an apostrophe, a tuple of strings */
    uint8_t folds[256];   /* what each Latin-1 sign is matched as; 0 where that is not one such sign */
    bool loose;           /* whether words are looked up folded, without elision and with drawn-out letters once */
} Weigher;

typedef struct {
    Weigher *self;
    int kind;
    const void *data;
    Py_ssize_t size;
    Said *said;
    Py_ssize_t count;
    bool shouted;
} Text;

#define SIGN(text, i) PyUnicode_READ((text)->kind, (text)->data, (i))

static inline bool
is_punctuation(Py_UCS4 sign)
{
    return (sign > 0x20 && sign < 0x30) || (sign > 0x39 && sign < 0x41) || (sign > 0x5a && sign < 0x61) ||
           (sign > 0x7a && sign < 0x7f);
}

static bool
is_upper(const Text *text, Py_ssize_t start, Py_ssize_t end)
{
    bool cased = false;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 sign = SIGN(text, i);
        if (Py_UNICODE_ISLOWER(sign) || Py_UNICODE_ISTITLE(sign)) {
            return false;
        }
        cased = cased || Py_UNICODE_ISUPPER(sign);
    }
    return cased;
}

static inline bool
is_word_sign(Py_UCS4 sign)
{
    return sign == '_' || Py_UNICODE_ISALNUM(sign);
}

/* How many signs at the beginning of a folded word are an elided article or pronoun. */
static Py_ssize_t
elided(const Weigher *self, const Py_UCS4 *key, Py_ssize_t size)
{
    Py_ssize_t end = 0;
    while (end < size && key[end] != '\'') {
        end++;
    }
    if (end + 2 >= size || !is_word_sign(key[end + 1]) || !is_word_sign(key[end + 2])) {
        return 0;
    }
    for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(self->elisions); n++) {
        PyObject *cut = PyTuple_GET_ITEM(self->elisions, n);
        if (PyUnicode_GET_LENGTH(cut) != end) {
            continue;
        }
        Py_ssize_t i = 0;
        while (i < end && PyUnicode_READ_CHAR(cut, i) == key[i]) {
            i++;
        }
        if (i == end) {
            return end + 1;
        }
    }
    return 0;
}

/* Write letters drawn out three times or more once; the new length. */
static Py_ssize_t
shorten(Py_UCS4 *key, Py_ssize_t size)
{
    Py_ssize_t kept = 0;
    for (Py_ssize_t i = 0, run; i < size; i += run) {
        for (run = 1; i + run < size && key[i + run] == key[i];) {
            run++;
        }
        Py_ssize_t copies = run > 2 && is_word_sign(key[i]) ? 1 : run;
        Py_UCS4 sign = key[i];
        for (Py_ssize_t n = 0; n < copies; n++) {
            key[kept++] = sign;
        }
    }
    return kept;
}

static uint32_t
find(const Weigher *self, const Py_UCS4 *key, Py_ssize_t size)
{
    if (size > (Py_ssize_t)self->table.longest) {
        return NOWHERE;
    }
    uint32_t hash = HASH_SEED;
    for (Py_ssize_t i = 0; i < size; i++) {
        hash = hash_sign(hash, key[i]);
    }
    return table_find(&self->table, hash, key, (uint32_t)size);
}

static bool
is_joined(const Weigher *self, const Py_UCS4 *key, Py_ssize_t size)
{
    Py_ssize_t piece = PyUnicode_GET_LENGTH(self->joint);
    if (!piece) {
        return false;
    }
    for (Py_ssize_t start = 0; start + piece <= size; start++) {
        Py_ssize_t i = 0;
        while (i < piece && key[start + i] == PyUnicode_READ_CHAR(self->joint, i)) {
            i++;
        }
        if (i == piece) {
            return true;
        }
    }
    return false;
}

/* Signs that lower case and folding leave alone: they need no closer look. */
static inline bool
is_inert(Py_UCS4 sign)
{
    return sign >= 0x2010 && sign <= 0x2023 && sign != 0x2011 && sign != 0x2017 && sign != 0x2018 && sign != 0x2019 &&
           sign != 0x201c && sign != 0x201d;
}

/* What the token is, by way of Python: for the few that hold signs beyond Latin-1. */
static int
say_slowly(const Weigher *self, PyObject *text, Py_ssize_t start, Py_ssize_t end, Said *said)
{
    PyObject *token = PyUnicode_Substring(text, start, end);
    PyObject *found = token ? PyObject_GetItem(self->slow, token) : NULL;
    Py_XDECREF(token);
    if (!found) {
        return -1;
    }
    *said = (Said){PLAIN, false};
    PyObject *word;
    int upper;
    if (found != Py_None && PyArg_ParseTuple(found, "Up", &word, &upper)) {
        Py_ssize_t size = PyUnicode_GET_LENGTH(word);
        Py_UCS4 *key = PyUnicode_AsUCS4Copy(word);
        uint32_t number = key ? find(self, key, size) : NOWHERE;
        PyMem_Free(key);
        *said = (Said){number == NOWHERE ? JOINED : number, upper};
    }
    Py_DECREF(found);
    return PyErr_Occurred() ? -1 : 0;
}

static int
say(const Text *text, PyObject *source, Py_ssize_t start, Py_ssize_t end, Py_UCS4 *key, Said *said)
{
    const Weigher *self = text->self;
    Py_ssize_t first = start, last = end;
    while (first < last && is_punctuation(SIGN(text, first))) {
        first++;
    }
    while (last > first && is_punctuation(SIGN(text, last - 1))) {
        last--;
    }
    if (last - first < 3) { /* two signs or fewer are an emoticon */
        first = start;
        last = end;
    }
    Py_ssize_t size = 0;
    bool apostrophe = false, drawn = false;
    Py_UCS4 previous[2] = {0, 0};
    for (Py_ssize_t i = first; i < last; i++) {
        Py_UCS4 sign = SIGN(text, i), folded;
        if (sign < 256) {
            folded = self->folds[sign];
        } else if (self->loose && sign == 0x2019) {
            folded = '\'';
        } else {
            folded = is_inert(sign) || (!self->loose && sign == 0x2019) ? sign : 0;
        }
        if (!folded) {
            return say_slowly(self, source, start, end, said);
        }
        apostrophe = apostrophe || folded == '\'';
        drawn = drawn || (folded == previous[0] && folded == previous[1]);
        previous[1] = previous[0];
        previous[0] = folded;
        key[size++] = folded;
    }
    if (self->loose && apostrophe) {
        Py_ssize_t cut = elided(self, key, size);
        key += cut;
        size -= cut;
    }
    uint32_t word = find(self, key, size);
    if (self->loose && drawn && (word == NOWHERE || !(self->words[word].bits & VALENT))) {
        size = shorten(key, size);
        word = find(self, key, size);
    }
    if (word == NOWHERE) {
        word = is_joined(self, key, size) ? JOINED : PLAIN;
    }
    said->word = word;
    said->upper = word != PLAIN && is_upper(text, first, last);
    return 0;
}

/* --- the value of one word among its neighbours ----------------------------------------------------- */

#define AT(text, i) ((text)->self->words[(text)->said[i].word])
#define IS(text, i, what) (AT(text, i).bits & (what))

static bool
after_no(const Text *text, Py_ssize_t i)
{
    return IS(text, i - 1, NO) || (i > 1 && IS(text, i - 2, NO)) ||
           (i > 2 && IS(text, i - 3, NO) && IS(text, i - 1, NOR));
}

static double
boosted(const Text *text, Py_ssize_t before, double value, int distance)
{
    static const double fades[] = {1.0, 0.95, 0.9};
    double boost = AT(text, before).boost;
    if (value < 0) {
        boost *= -1;
    }
    if (text->shouted && text->said[before].upper) {
        boost = value > 0 ? boost + CAPITALS : boost - CAPITALS;
    }
    return distance ? boost * fades[distance] : boost;
}

static double
negated(const Text *text, Py_ssize_t i, int distance, double value)
{
    Py_ssize_t before = i - 1 - distance;
    if (distance) {
        bool degree = IS(text, i - distance, DEGREE);
        if ((IS(text, before, NEVER) && degree) || (distance == 2 && IS(text, i - 1, DEGREE))) {
            return value * 1.25;
        }
        if (IS(text, before, WITHOUT) && (IS(text, i - distance, DOUBT) || IS(text, i - 1, DOUBT))) {
            return value;
        }
    }
    return IS(text, before, NEGATES) ? value * NEGATED : value;
}

static bool
near_idiom(const Text *text, Py_ssize_t i)
{
    for (Py_ssize_t n = i - 3; n < i + 3 && n < text->count; n++) {
        if (IS(text, n, IDIOM)) {
            return true;
        }
    }
    return false;
}

static int
idiomatic(const Text *text, Py_ssize_t i, double *value)
{
    Py_ssize_t end = i + 3 < text->count ? i + 3 : text->count;
    PyObject *around = PyTuple_New(end - (i - 3));
    if (!around) {
        return -1;
    }
    for (Py_ssize_t n = i - 3; n < end; n++) {
        PyTuple_SET_ITEM(around, n - (i - 3), Py_NewRef(AT(text, n).lower));
    }
    PyObject *found = PyObject_CallFunction(text->self->idiom, "Nd", around, *value);
    if (!found) {
        return -1;
    }
    *value = PyFloat_AsDouble(found);
    Py_DECREF(found);
    return PyErr_Occurred() ? -1 : 0;
}

static int
modified(const Text *text, Py_ssize_t i, double *answer)
{
    double base = AT(text, i).valence, value = base;
    if (i + 1 < text->count) {
        if (IS(text, i, KIND) && IS(text, i + 1, OF)) {
            *answer = 0.0;
            return 0;
        }
        if (IS(text, i, NO) && IS(text, i + 1, VALENT)) {
            value = 0.0;
        }
    }
    if (i && after_no(text, i)) {
        value = base * NEGATED;
    }
    if (text->shouted && text->said[i].upper) {
        value = value > 0 ? value + CAPITALS : value - CAPITALS;
    }
    for (int distance = 0; distance < 3 && distance < i; distance++) {
        Py_ssize_t before = i - 1 - distance;
        if (IS(text, before, VALENT) || (text->said[before].word == PLAIN && distance < 2)) {
            continue;
        }
        if (IS(text, before, BOOSTS)) {
            value += boosted(text, before, value, distance);
        }
        value = negated(text, i, distance, value);
        if (distance == 2 && near_idiom(text, i) && idiomatic(text, i, &value) < 0) {
            return -1;
        }
    }
    bool least = i && IS(text, i - 1, LEAST) && !IS(text, i - 1, VALENT) && (i < 2 || !IS(text, i - 2, SUPERLATIVE));
    *answer = least ? value * NEGATED : value;
    return 0;
}

/* What two words that stand side by side are worth together: 1 when they are, 0 when not, -1 on an error. */
static int
paired(const Text *text, Py_ssize_t one, double *value)
{
    if (!IS(text, one, PAIRED) || !IS(text, one + 1, PAIRED)) {
        return 0;
    }
    PyObject *pair = PyUnicode_FromFormat("%U %U", AT(text, one).lower, AT(text, one + 1).lower);
    PyObject *found = pair ? PyDict_GetItemWithError(text->self->pairs, pair) : NULL;
    Py_XDECREF(pair);
    if (!found) {
        return PyErr_Occurred() ? -1 : 0;
    }
    *value = PyFloat_AsDouble(found);
    return PyErr_Occurred() ? -1 : 1;
}

/* Let what follows the word change its value; without effect where a language has no such words. */
static int
after(const Text *text, Py_ssize_t i, double *value)
{
    int done = i ? paired(text, i - 1, value) : 0;
    if (done || i + 1 >= text->count) {
        return done < 0 ? -1 : 0;
    }
    done = paired(text, i, value);
    if (done) {
        return done < 0 ? -1 : 0;
    }
    if (IS(text, i + 1, AFTER)) {
        bool more = IS(text, i + 1, PLUS) && i + 2 < text->count && IS(text, i + 2, VALENT) && AT(text, i + 2).valence != 0;
        *value = more ? *value : *value * NEGATED;
    }
    return 0;
}

static int
value_of(const Text *text, Py_ssize_t i, double *value)
{
    for (Py_ssize_t near = i > 3 ? i - 3 : 0; near < i + 3 && near < text->count; near++) {
        if (IS(text, near, MODIFIES)) {
            return modified(text, i, value) < 0 || after(text, i, value) < 0 ? -1 : 0;
        }
    }
    *value = AT(text, i).valence;
    if (text->shouted && text->said[i].upper) {
        *value = *value > 0 ? *value + CAPITALS : *value - CAPITALS;
    }
    return 0;
}

/* --- a text ----------------------------------------------------------------------------------------- */

static void
weigh_turn(Py_ssize_t turn, double *values, const Py_ssize_t *places, Py_ssize_t count)
{
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_ssize_t first = 0;
        while (values[first] != values[k]) {
            first++;
        }
        if (places[first] < turn) {
            values[first] = values[first] * 0.5;
        } else if (places[first] > turn) {
            values[first] = values[first] * 1.5;
        }
    }
}

/* Cut a text at its white space and look its words up; whether it is all in capitals is told by the way. */
static int
read_words(Text *text, PyObject *source, Py_UCS4 *key)
{
    uint32_t seen = 0;
    bool noted = false;
    for (Py_ssize_t i = 0; i < text->size;) {
        if (Py_UNICODE_ISSPACE(SIGN(text, i))) {
            i++;
            continue;
        }
        Py_ssize_t start = i;
        while (i < text->size && !Py_UNICODE_ISSPACE(SIGN(text, i))) {
            i++;
        }
        Said *said = text->said + text->count;
        if (say(text, source, start, i, key, said) < 0) {
            return -1;
        }
        text->count++;
        seen |= text->self->words[said->word].bits;
        noted = noted || (said->upper && text->self->words[said->word].bits & NOTED);
    }
    text->shouted = false;
    for (Py_ssize_t i = 0; noted && !text->shouted && i < text->size;) {
        Py_ssize_t start = i;
        while (i < text->size && !Py_UNICODE_ISSPACE(SIGN(text, i))) {
            i++;
        }
        text->shouted = i > start && !is_upper(text, start, i);
        i += i == start;
    }
    return (int)(seen & (MODIFIES | ACTIVE | TURNS));
}

static Py_ssize_t
weigh_words(Text *text, bool modifying, double *values, Py_ssize_t *places, Py_ssize_t *turn)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < text->count; i++) {
        if (IS(text, i, TURNS) && *turn < 0) {
            *turn = i;
        }
        if (!IS(text, i, ACTIVE)) {
            continue;
        }
        double value = AT(text, i).valence;
        if ((modifying || text->shouted) && value_of(text, i, &value) < 0) {
            return -1;
        }
        if (value != 0) {
            values[found] = value;
            places[found++] = i;
        }
    }
    return found;
}

static PyObject *
listed(const double *values, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t k = 0; list && k < count; k++) {
        PyObject *value = PyFloat_FromDouble(values[k]);
        if (!value) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, k, value);
    }
    return list;
}

/* What the words of a text are worth that are worth anything; how many they are, or -1 with an exception. */
static Py_ssize_t
weigh_in(Text *text, PyObject *source, double *values, Py_ssize_t *places, Py_UCS4 *key)
{
    int seen = read_words(text, source, key);
    Py_ssize_t turn = -1, found = 0;
    if (seen < 0) {
        return -1;
    }
    if (seen & ACTIVE) {
        found = weigh_words(text, seen & MODIFIES, values, places, &turn);
    }
    if (turn >= 0 && found > 0) {
        PyObject *spelt = PyObject_CallOneArg(text->self->maybe_but, source);
        if (!spelt) {
            return -1;
        }
        if (spelt != Py_None) {
            weigh_turn(turn, values, places, found);
        }
        Py_DECREF(spelt);
    }
    return found;
}

/* --- the four figures ------------------------------------------------------------------------------- */

static double
emphasis(const Text *text)
{
    Py_ssize_t called = 0, asked = 0;
    for (Py_ssize_t i = 0; i < text->size; i++) {
        Py_UCS4 sign = SIGN(text, i);
        called += sign == '!';
        asked += sign == '?';
    }
    double marks = (double)(called < 4 ? called : 4) * 0.292;
    return asked > 1 ? marks + (asked <= 3 ? (double)asked * 0.18 : 0.96) : marks;
}

/* A number from 0 to 1 rounded as Python rounds it; where an error of the last digit could tell, by Python's own way. */
static int
rounded(double number, int digits, double scale, double *answer)
{
    double scaled = number * scale, whole = (double)(long)scaled, rest = scaled - whole;
    if (rest <= 0.499999 || rest >= 0.500001) {
        *answer = (whole + (rest > 0.5)) / scale;
        return 0;
    }
    char *spelt = PyOS_double_to_string(number, 'f', digits, 0, NULL);
    if (!spelt) {
        return -1;
    }
    *answer = PyOS_string_to_double(spelt, NULL, NULL);
    PyMem_Free(spelt);
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *
summary(const Text *text, const double *values, Py_ssize_t count)
{
    PyObject *list = listed(values, count), *sum = list ? PyObject_CallOneArg(text->self->total, list) : NULL;
    Py_XDECREF(list);
    if (!sum) {
        return NULL;
    }
    double total = PyFloat_AsDouble(sum), marks = emphasis(text), positive = 0, negative = 0, figures[4] = {0};
    Py_DECREF(sum);
    if (PyErr_Occurred()) {
        return NULL;
    }
    total = total > 0 ? total + marks : total < 0 ? total - marks : total;
    double compound = total / sqrt(total * total + ALPHA);
    for (Py_ssize_t k = 0; k < count; k++) { /* every word counts one, so that neutral words weigh as much */
        if (values[k] > 0) {
            positive += values[k] + 1;
        } else {
            negative += values[k] - 1;
        }
    }
    if (positive > -negative) {
        positive += marks;
    } else if (positive < -negative) {
        negative -= marks;
    }
    double neutral = (double)(text->count - count), whole = positive - negative + neutral;
    if (!text->count) {
        whole = 1; /* a text without words has no share of anything */
    }
    if (rounded(fabs(compound), 4, 10000, figures) < 0 || rounded(positive / whole, 3, 1000, figures + 1) < 0 ||
        rounded(neutral / whole, 3, 1000, figures + 2) < 0 || rounded(-negative / whole, 3, 1000, figures + 3) < 0) {
        return NULL;
    }
    figures[0] = compound < 0 ? -figures[0] : figures[0];
    PyObject *tone = text->self->tone->tp_alloc(text->self->tone, 4);
    for (int n = 0; tone && n < 4; n++) {
        PyObject *figure = PyFloat_FromDouble(n && figures[n] == 0 ? 0.0 : figures[n]);
        if (!figure) {
            Py_CLEAR(tone);
            break;
        }
        PyTuple_SET_ITEM(tone, n, figure);
    }
    return tone;
}

static PyObject *
Weigher_tone(Weigher *self, PyObject *source)
{
    if (!PyUnicode_Check(source)) {
        PyErr_SetString(PyExc_TypeError, "a text is a string");
        return NULL;
    }
    Text text = {.self = self, .size = PyUnicode_GET_LENGTH(source)};
    text.kind = (int)PyUnicode_KIND(source);
    text.data = PyUnicode_DATA(source);
    Py_ssize_t most = text.size / 2 + 1; /* words, with a sign of white space between them */
    size_t room = most * (sizeof(double) + sizeof(Py_ssize_t) + sizeof(Said)) + (text.size + 1) * sizeof(Py_UCS4);
    _Alignas(16) char stack[16384];
    char *block = room <= sizeof stack ? stack : PyMem_Malloc(room);
    if (!block) {
        return PyErr_NoMemory();
    }
    double *values = (double *)block;
    Py_ssize_t *places = (Py_ssize_t *)(values + most);
    text.said = (Said *)(places + most);
    Py_ssize_t count = weigh_in(&text, source, values, places, (Py_UCS4 *)(text.said + most));
    PyObject *answer = count < 0 ? NULL : summary(&text, values, count);
    if (block != stack) {
        PyMem_Free(block);
    }
    return answer;
}

static void
Weigher_dealloc(Weigher *self)
{
    table_clear(&self->table);
    for (Py_ssize_t i = 0; self->words && i < self->count; i++) {
        Py_XDECREF(self->words[i].lower);
    }
    PyMem_Free(self->words);
    Py_XDECREF(self->joint);
    Py_XDECREF(self->slow);
    Py_XDECREF(self->idiom);
    Py_XDECREF(self->total);
    Py_XDECREF(self->tone);
    Py_XDECREF(self->maybe_but);
    Py_XDECREF(self->pairs);
    Py_XDECREF(self->elisions);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Those of which nothing is known, and those that only negate, have no key; then come the special ones, then the others. */
static int
fill_words(Weigher *self, PyObject *special, PyObject *plain)
{
    PyObject *keys = PyList_New(0), *key, *valence;
    self->words = PyMem_Calloc((size_t)(PyList_GET_SIZE(special) + PyDict_Size(plain)) + 1, sizeof *self->words);
    if (!keys || !self->words) {
        Py_XDECREF(keys);
        PyErr_NoMemory();
        return -1;
    }
    for (; self->count < PyList_GET_SIZE(special) && !PyErr_Occurred(); self->count++) {
        Word *word = self->words + self->count;
        unsigned int bits;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(special, self->count), "UIdd", &key, &bits, &word->valence, &word->boost)) {
            break;
        }
        word->bits = bits;
        word->lower = Py_NewRef(key);
        if (self->count >= KEYLESS) {
            PyList_Append(keys, key);
        }
    }
    for (Py_ssize_t place = 0; !PyErr_Occurred() && PyDict_Next(plain, &place, &key, &valence);) {
        self->words[self->count++] = (Word){ACTIVE | NOTED | VALENT, PyFloat_AsDouble(valence), 0, Py_NewRef(key)};
        PyList_Append(keys, key);
    }
    int failed = PyErr_Occurred() || table_fill(&self->table, keys, KEYLESS) < 0;
    Py_DECREF(keys);
    return failed ? -1 : 0;
}

static PyObject *
Weigher_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"special", "plain", "joint", "slow", "idiom", "total", "tone", "maybe_but", "pairs", "elisions",
                            "folds", "loose", NULL};
    PyObject *special, *plain, *joint, *slow, *idiom, *total, *tone, *maybe_but, *pairs, *elisions;
    Py_buffer folds;
    int loose;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "$O!O!UOOOO!OO!O!y*p", names, &PyList_Type, &special, &PyDict_Type,
                                     &plain, &joint, &slow, &idiom, &total, &PyType_Type, &tone, &maybe_but, &PyDict_Type, &pairs,
                                     &PyTuple_Type, &elisions, &folds, &loose)) {
        return NULL;
    }
    Weigher *self = (Weigher *)type->tp_alloc(type, 0);
    bool fits = folds.len == 256 && PyType_IsSubtype((PyTypeObject *)tone, &PyTuple_Type);
    if (self && fits) {
        memcpy(self->folds, folds.buf, 256);
        self->loose = loose;
        self->joint = Py_NewRef(joint);
        self->slow = Py_NewRef(slow);
        self->idiom = Py_NewRef(idiom);
        self->total = Py_NewRef(total);
        self->tone = (PyTypeObject *)Py_NewRef(tone);
        self->maybe_but = Py_NewRef(maybe_but);
        self->pairs = Py_NewRef(pairs);
        self->elisions = Py_NewRef(elisions);
        if (fill_words(self, special, plain) < 0) {
            Py_CLEAR(self);
        }
    } else if (self) {
        PyErr_SetString(PyExc_ValueError, "folds are those of the 256 signs of Latin-1, and a tone is a tuple");
        Py_CLEAR(self);
    }
    PyBuffer_Release(&folds);
    return (PyObject *)self;
}

static PyMethodDef methods[] = {
    {"tone", (PyCFunction)Weigher_tone, METH_O, "Return the four figures of a text."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject WeigherType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "scoring._kernel.Weigher",
    .tp_doc = "The tone of one language.",
    .tp_basicsize = sizeof(Weigher),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Weigher_new,
    .tp_dealloc = (destructor)Weigher_dealloc,
    .tp_methods = methods,
};
