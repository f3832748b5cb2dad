/* The words of a text looked up and its rules tried: the twin of `scoring.lexis.Lexis` and `scoring.signals.Scanner`. */

#include "reader.h"

#define STEM 6   /* letters of `scoring.register._STEM` */
#define SHORT 2  /* digits of a time or a house, and of a year: `scoring.register._SHORT` and `_LONG` */
#define LONG 4

static inline bool
is_digit(uint8_t sign)
{
    return sign >= '0' && sign <= '9';
}

static inline bool
is_letter(uint8_t sign)
{
    return sign >= 'a' && sign <= 'z';
}

/* --- words ------------------------------------------------------------------------------------------ */

/* Find a word and all its beginnings, shortest first, and what the register knows of its head; how many entries. */
static uint32_t
find_entries(const Reader *self, Token *token, uint32_t *found)
{
    Py_UCS4 signs[LONGEST];
    uint32_t hash = HASH_SEED, count = 1, head = token->size < STEM ? token->size : STEM;
    found[0] = token->head = NOWHERE;
    for (uint32_t i = 0; i < token->size; i++) {
        hash = hash_sign(hash, token->signs[i]);
        if (i >= LONGEST) {
            continue;
        }
        signs[i] = token->signs[i];
        uint32_t stem = i ? table_find(&self->stems, hash, signs, i + 1) : NOWHERE;
        if (stem != NOWHERE) {
            found[count++] = stem;
        }
        if (i + 1 == head) {
            token->head = table_find(&self->heads, hash, signs, head);
        }
    }
    token->hash = hash;
    if (token->size <= LONGEST) {
        found[0] = table_find(&self->words, hash, signs, token->size);
    }
    if (found[0] == NOWHERE) {
        memmove(found, found + 1, --count * sizeof *found);
    }
    return count;
}

/* What the register says of one word. */
static void
weigh(const Page *page, const Token *token, Weight *weight)
{
    const Reader *self = page->self;
    uint32_t head = token->head;
    for (uint32_t s = token->sources[0]; s < token->sources[1]; s++) {
        const Entry *entry = self->entries + page->sources[s];
        weight->danger += entry->weight.danger;
        weight->anger += entry->weight.anger;
    }
    if (!is_letter(token->signs[0])) { /* numbers are alike by their length, sentence ends are one */
        uint32_t length = token->size <= SHORT ? 0 : token->size <= LONG ? 1 : 2;
        head = is_digit(token->signs[0]) ? self->numbers[length] : self->stop;
    }
    if (head != NOWHERE) {
        weight->danger += self->weights[head].danger;
        weight->anger += self->weights[head].anger;
    }
}

static uint64_t
counted(const Reader *self, const uint32_t *entries, uint32_t count)
{
    uint64_t bits = 0;
    for (uint32_t n = 0; n < count; n++) {
        bits |= self->entries[entries[n]].counted;
    }
    return bits;
}

/* Write letters drawn out three times or more once; 0 when there are none. */
static uint32_t
shorten(const Token *token, uint8_t *kept)
{
    uint32_t size = 0;
    bool drawn = false;
    for (uint32_t i = 0, run; i < token->size; i += run) {
        for (run = 1; i + run < token->size && token->signs[i + run] == token->signs[i];) {
            run++;
        }
        bool once = run > 2 && (is_letter(token->signs[i]) || is_digit(token->signs[i]));
        drawn = drawn || once;
        memset(kept + size, token->signs[i], once ? 1 : run);
        size += once ? 1 : run;
    }
    return drawn ? size : 0;
}

static bool
is_drawn_out(const Token *token)
{
    for (uint32_t i = 2; i < token->size; i++) {
        if (token->signs[i] == token->signs[i - 1] && token->signs[i] == token->signs[i - 2]) {
            return true;
        }
    }
    return false;
}

/* The votes and families of one word; in a language where it has none, those it has with drawn-out letters once. */
static int
count_word(const Page *page, const Token *token, uint64_t *bits)
{
    const Reader *self = page->self;
    *bits = counted(self, page->sources + token->sources[0], token->sources[1] - token->sources[0]);
    if (!is_drawn_out(token)) {
        return 0;
    }
    uint8_t *kept = PyMem_Malloc(token->size);
    if (!kept) {
        PyErr_NoMemory();
        return -1;
    }
    Token shortened = {.signs = kept, .size = shorten(token, kept)};
    uint32_t entries[LONGEST + 2];
    uint64_t more = shortened.size ? counted(self, entries, find_entries(self, &shortened, entries)) : 0;
    PyMem_Free(kept);
    uint32_t votes = (uint32_t)self->place_count - self->families * self->languages;
    for (uint32_t language = 0; language < self->languages; language++) {
        uint64_t mask = ((1ULL << self->families) - 1) << (votes + language * self->families);
        if (!(*bits & mask)) {
            *bits |= more & mask;
        }
    }
    return 0;
}

static void
hear(const Page *page, uint32_t number)
{
    const Reader *self = page->self;
    const Entry *entry = self->entries + number;
    if (entry->dense != NOWHERE) {
        const uint64_t *bits = self->dense + entry->dense;
        for (uint32_t n = 0; n < CUES * self->width; n++) {
            page->heard[n] |= bits[n];
        }
        return;
    }
    for (uint32_t n = entry->cues.start; n < entry->cues.end; n++) {
        uint32_t phrase = self->cues[n] / CUES, cue = self->cues[n] % CUES;
        page->heard[cue * self->width + phrase / 64] |= 1ULL << phrase % 64;
    }
}

/* --- a text ----------------------------------------------------------------------------------------- */

/* Whether each word was said before, by a table of those that were. */
static void
find_first(Page *page, uint32_t *slots, uint32_t mask)
{
    memset(slots, 0xff, (mask + 1) * sizeof *slots);
    for (uint32_t i = 0; i < page->count; i++) {
        Token *token = page->tokens + i;
        uint32_t slot = (token->hash ^ token->hash >> 15) & mask;
        for (; slots[slot] != NOWHERE; slot = (slot + 1) & mask) {
            const Token *other = page->tokens + slots[slot];
            if (other->hash == token->hash && other->size == token->size && !memcmp(other->signs, token->signs, token->size)) {
                break;
            }
        }
        token->first = slots[slot] == NOWHERE;
        slots[slot] = token->first ? i : slots[slot];
    }
}

/* The entry that a word has whatever the lists say of it: any word, a number, the end of a sentence. */
static uint32_t
unnamed(const Reader *self, const Token *token)
{
    if (is_letter(token->signs[0])) {
        return token->size >= 3 ? self->any : NOWHERE;
    }
    return is_digit(token->signs[0]) ? self->number : self->end;
}

/* Find the phrases all of whose cues were heard, and the groups of evidence that may still amount to a danger together. */
static uint64_t
wake(const Page *page)
{
    const Reader *self = page->self;
    uint64_t awake = 0, worth = 0;
    for (uint32_t w = 0; w < self->width; w++) {
        page->woken[w] = page->heard[w] & page->heard[self->width + w] & page->heard[2 * self->width + w];
        for (uint64_t bits = page->woken[w] & self->speaking[w]; bits; bits &= bits - 1) {
            int32_t group = self->phrases[64 * w + __builtin_ctzll(bits)].group;
            awake |= group < 0 ? 0 : 1ULL << group;
        }
    }
    for (Py_ssize_t n = 0; awake && n < self->danger_count; n++) {
        const Danger *danger = self->dangers + n;
        worth |= (danger->needed & awake) == danger->needed ? danger->shown : 0;
    }
    return worth;
}

static bool
silenced(const Page *page, Range silencers)
{
    Range found;
    for (uint32_t number = silencers.start; number < silencers.end; number++) {
        if (page->woken[number / 64] >> number % 64 & 1 && phrase_search(page, number, &found)) {
            return true;
        }
    }
    return false;
}

/* Add a rule that holds, with the range of tokens of the phrase that says so. */
static int
add_rule(PyObject *held, PyObject *rule, Range found)
{
    PyObject *one = Py_BuildValue("OII", rule, found.start, found.end);
    int failed = one ? PyList_Append(held, one) : -1;
    Py_XDECREF(one);
    return failed;
}

/* Each rule that holds, by the first of its phrases that stands in the text. */
static PyObject *
try_rules(const Page *page)
{
    const Reader *self = page->self;
    uint64_t worth = wake(page);
    PyObject *held = PyList_New(0);
    uint32_t spoke = NOWHERE;
    for (uint32_t w = 0; held && w < self->width; w++) {
        for (uint64_t bits = page->woken[w] & self->speaking[w]; held && bits; bits &= bits - 1) {
            uint32_t number = 64 * w + (uint32_t)__builtin_ctzll(bits);
            const Phrase *phrase = self->phrases + number;
            Range found;
            if (phrase->rule == spoke || (phrase->group >= 0 && !(worth >> phrase->group & 1)) ||
                !phrase_search(page, number, &found)) {
                continue;
            }
            spoke = phrase->rule;
            const Rule *rule = self->rules + spoke;
            if (!silenced(page, rule->silencers) && add_rule(held, rule->rule, found) < 0) {
                Py_CLEAR(held);
            }
        }
    }
    return held;
}

/* Numbers side by side in one, each at its place. */
static PyObject *
packed(const Reader *self, const uint32_t *totals)
{
    uint8_t bytes[COUNTED_BYTES] = {0};
    size_t size = self->place_count ? self->places[self->place_count - 1] / 8 + 8 : 1;
    for (Py_ssize_t n = 0; n < self->place_count; n++) {
        uint32_t byte = self->places[n] / 8;
        uint64_t shifted = (uint64_t)totals[n] << self->places[n] % 8;
        for (; shifted; shifted >>= 8) {
            bytes[byte++] |= shifted & 0xff;
        }
    }
#if PY_VERSION_HEX >= 0x030D0000
    return PyLong_FromUnsignedNativeBytes(bytes, size, Py_ASNATIVEBYTES_LITTLE_ENDIAN);
#else
    return _PyLong_FromByteArray(bytes, size, 1, 0);
#endif
}

static void
add_bits(uint64_t bits, uint32_t *totals)
{
    for (; bits; bits &= bits - 1) {
        totals[__builtin_ctzll(bits)]++;
    }
}

static PyObject *
read_page(Page *page)
{
    Reader *self = page->self;
    uint32_t totals[MOST_COUNTED] = {0};
    Weight weight = {0, 0};
    bool failed = false, asks = false;
    uint32_t before = 0;
    memcpy(page->heard, self->lacking, CUES * self->width * sizeof *page->heard);
    for (uint32_t i = 0; i < page->count && !failed; i++) {
        Token *token = page->tokens + i;
        uint64_t bits;
        failed = count_word(page, token, &bits) < 0;
        add_bits(bits, totals);
        uint32_t how = 0;
        for (uint32_t s = token->sources[0]; s < token->sources[1]; s++) {
            how |= self->entries[page->sources[s]].asks;
        }
        asks = asks || how & ALONE || (before & FIRST && how & SECOND);
        before = how;
        if (!token->first) {
            continue;
        }
        weigh(page, token, &weight);
        for (uint32_t s = token->sources[0]; s < token->sources[1]; s++) {
            hear(page, page->sources[s]);
        }
        if (is_digit(token->signs[0]) && self->digits != NOWHERE) {
            hear(page, self->digits);
        }
    }
    PyObject *held = failed ? NULL : try_rules(page);
    PyObject *total = held ? packed(self, totals) : NULL;
    return total ? Py_BuildValue("NNNO", total, PyComplex_FromDoubles(weight.danger, weight.anger), held, asks ? Py_True : Py_False) : (Py_XDECREF(held), NULL);
}

static int
fill_page(Page *page, PyObject *tokens)
{
    uint32_t entries[LONGEST + 2];
    for (uint32_t i = 0; i < page->count; i++) {
        Token *token = page->tokens + i;
        token->text = PyList_GET_ITEM(tokens, i);
        if (!PyUnicode_Check(token->text) || !PyUnicode_IS_ASCII(token->text) || !PyUnicode_GET_LENGTH(token->text)) {
            PyErr_SetString(PyExc_ValueError, "words are folded, and none is empty");
            return -1;
        }
        token->signs = PyUnicode_1BYTE_DATA(token->text);
        token->size = (uint32_t)PyUnicode_GET_LENGTH(token->text);
        uint32_t found = find_entries(page->self, token, entries);
        uint32_t more = unnamed(page->self, token);
        if (more != NOWHERE) {
            entries[found++] = more;
        }
        token->sources[0] = page->source_count;
        token->sources[1] = page->source_count += found;
        token->elements = 0;
        for (uint32_t n = 0; n < found; n++) {
            page->sources[token->sources[0] + n] = entries[n];
            token->elements |= page->self->entries[entries[n]].elements;
        }
    }
    return 0;
}

static PyObject *
with_page(Reader *self, PyObject *tokens, PyObject *(*use)(Page *))
{
    if (!PyList_Check(tokens)) {
        PyErr_SetString(PyExc_TypeError, "words come in a list");
        return NULL;
    }
    Page page = {.self = self, .count = (uint32_t)PyList_GET_SIZE(tokens)};
    uint32_t slots = 8, most = LONGEST + 2;
    while (slots < 2 * page.count) {
        slots *= 2;
    }
    /* A word has one entry for itself, one for each beginning of two letters or more, and one that is not named. */
    size_t sources = 0;
    for (uint32_t i = 0; i < page.count; i++) {
        PyObject *token = PyList_GET_ITEM(tokens, i);
        size_t size = PyUnicode_Check(token) ? (size_t)PyUnicode_GET_LENGTH(token) + 2 : 0;
        sources += size < most ? size : most;
    }
    /* Nothing of a text is kept in `self`: what Python clears away by the way may let another thread read meanwhile. */
    size_t bits = (CUES + 1) * self->width;
    size_t room = page.count * sizeof(Token) + bits * sizeof(uint64_t) + (sources + slots) * sizeof(uint32_t);
    _Alignas(16) char stack[16384];
    char *block = room <= sizeof stack ? stack : PyMem_Malloc(room);
    if (!block) {
        return PyErr_NoMemory();
    }
    page.tokens = (Token *)block;
    page.heard = (uint64_t *)(page.tokens + page.count);
    page.woken = page.heard + CUES * self->width;
    page.sources = (uint32_t *)(page.heard + bits);
    PyObject *answer = NULL;
    if (!fill_page(&page, tokens)) {
        find_first(&page, page.sources + sources, slots - 1);
        answer = use(&page);
    }
    if (block != stack) {
        PyMem_Free(block);
    }
    return answer;
}

static PyObject *
Reader_read(Reader *self, PyObject *tokens)
{
    return with_page(self, tokens, read_page);
}

/* The words that are in a family of any language, each once, in their order, with what they count. */
static PyObject *
list_rough(Page *page)
{
    uint32_t votes = (uint32_t)page->self->place_count - page->self->families * page->self->languages;
    PyObject *rough = PyList_New(0);
    for (uint32_t i = 0; rough && i < page->count; i++) {
        uint64_t bits;
        uint32_t totals[MOST_COUNTED] = {0};
        if (!page->tokens[i].first) {
            continue;
        }
        if (count_word(page, page->tokens + i, &bits) < 0) {
            Py_CLEAR(rough);
        } else if (bits >> votes) {
            add_bits(bits, totals);
            PyObject *one = Py_BuildValue("ON", page->tokens[i].text, packed(page->self, totals));
            if (!one || PyList_Append(rough, one) < 0) {
                Py_CLEAR(rough);
            }
            Py_XDECREF(one);
        }
    }
    return rough;
}

static PyObject *
Reader_rough(Reader *self, PyObject *tokens)
{
    return with_page(self, tokens, list_rough);
}

/* --- what words say by standing together ------------------------------------------------------------ */

/* Write what the register knows a word by: its first letters, or its kind; how many signs. */
static uint32_t
stem(const Token *token, Py_UCS4 *signs)
{
    if (is_letter(token->signs[0])) {
        uint32_t size = token->size < STEM ? token->size : STEM;
        for (uint32_t i = 0; i < size; i++) {
            signs[i] = token->signs[i];
        }
        return size;
    }
    uint32_t size = !is_digit(token->signs[0]) || token->size <= SHORT ? 1 : token->size <= LONG ? 2 : 3;
    for (uint32_t i = 0; i < size; i++) {
        signs[i] = is_digit(token->signs[0]) ? '#' : '.';
    }
    return size;
}

static double
paired(const Page *page)
{
    const Reader *self = page->self;
    double weight = 0;
    Py_UCS4 signs[2 * STEM + 1];
    uint32_t size = page->count ? stem(page->tokens, signs) : 0;
    memset(self->said, 0, self->pair_count / 64 * sizeof *self->said + sizeof *self->said);
    for (uint32_t i = 1; i < page->count; i++) {
        signs[size] = ' ';
        uint32_t next = stem(page->tokens + i, signs + size + 1), whole = size + 1 + next;
        uint32_t found = table_find(&self->pairs, hash_word(signs, whole), signs, whole);
        if (found != NOWHERE && !(self->said[found / 64] >> found % 64 & 1)) { /* what is said twice weighs once */
            self->said[found / 64] |= 1ULL << found % 64;
            weight += self->pair_weights[found];
        }
        memmove(signs, signs + size + 1, next * sizeof *signs);
        size = next;
    }
    return weight;
}

static PyObject *
weigh_together(Page *page)
{
    uint64_t classes = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        for (uint32_t s = page->tokens[i].sources[0]; s < page->tokens[i].sources[1]; s++) {
            classes |= page->self->entries[page->sources[s]].classes;
        }
    }
    double weight = paired(page);
    for (uint64_t one = classes; one; one &= one - 1) {
        for (uint64_t two = one; two; two &= two - 1) { /* itself first, then with each of those that follow */
            weight += page->self->frames[__builtin_ctzll(one)][__builtin_ctzll(two)];
        }
    }
    return PyFloat_FromDouble(weight);
}

static PyObject *
Reader_together(Reader *self, PyObject *tokens)
{
    return with_page(self, tokens, weigh_together);
}

static PyMethodDef methods[] = {
    {"read", (PyCFunction)Reader_read, METH_O, "Return what the words of a text count, weigh and say: its rules with their places."},
    {"together", (PyCFunction)Reader_together, METH_O, "Return what the words of a text say towards danger by standing together."},
    {"rough", (PyCFunction)Reader_rough, METH_O, "Return the words of a text that are in a family."},
    {NULL, NULL, 0, NULL},
};

int reader_fill(Reader *self, PyObject *args, PyObject *kwargs);
void reader_clear(Reader *self);

static PyObject *
Reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Reader *self = (Reader *)type->tp_alloc(type, 0);
    if (self && reader_fill(self, args, kwargs) < 0) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static void
Reader_dealloc(Reader *self)
{
    reader_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

PyTypeObject ReaderType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "scoring._kernel.Reader",
    .tp_doc = "The words and rules of all languages.",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Reader_new,
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_methods = methods,
};
