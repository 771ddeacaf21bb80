/* Parts of the load generator that know bytes: arguments, plain and TLS sockets, WebSocket frames and Ogg pages. */
#define _GNU_SOURCE
#include "load-generator.h"

#include <errno.h>
#include <sys/socket.h>
#ifdef TLS
#include <openssl/err.h>
#include <openssl/ssl.h>
static SSL_CTX *tls;
#endif

void read_options(struct options *o, int count, char **values) {
  struct { const char *name; int *value; } numbers[] = {
      {"port", &o->port},     {"count", &o->count},   {"tls", &o->tls},         {"inflight", &o->inflight},
      {"rate", &o->rate},     {"report", &o->report}, {"stall", &o->stall},     {"stallreport", &o->stallreport},
      {"ping", &o->ping},     {"burst", &o->burst},
      {"rcvbuf", &o->rcvbuf}, {"jitter", &o->jitter}, {"tick", &o->tick},
  };
  for (int i = 1; i < count; i++) {
    char *equals = strchr(values[i], '=');
    if (!equals) { fprintf(stderr, "name=value expected: %s\n", values[i]); exit(2); }
    *equals = 0;
    if (!strcmp(values[i], "proto")) o->ogg = !strcmp(equals + 1, "ogg");
    if (!strcmp(values[i], "path")) o->path = equals + 1;
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
      if (!strcmp(values[i], numbers[n].name)) *numbers[n].value = atoi(equals + 1);
  }
}

#ifdef TLS
void start_tls(int wanted) {
  if (!wanted) return;
  tls = SSL_CTX_new(TLS_client_method()); /* whose certificate it is does not matter on loopback */
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
}

int begin_tls(struct peer *p) {
  if (!p->ssl) {
    p->ssl = SSL_new(tls);
    SSL_set_fd(p->ssl, p->fd);
  }
  int done = SSL_connect(p->ssl);
  if (done == 1) return 1;
  int error = SSL_get_error(p->ssl, done);
  ERR_clear_error();
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

void end_tls(struct peer *p) {
  if (p->ssl) SSL_free(p->ssl);
  p->ssl = NULL;
}
#else
void start_tls(int wanted) {
  if (!wanted) return;
  fprintf(stderr, "built without TLS\n");
  exit(2);
}
int begin_tls(struct peer *p) { (void)p; return -1; }
void end_tls(struct peer *p) { (void)p; }
#endif

ssize_t put(struct peer *p, const char *bytes, size_t length) {
#ifdef TLS
  if (p->ssl) {
    int wrote = SSL_write(p->ssl, bytes, (int)length);
    ERR_clear_error();
    return wrote > 0 ? wrote : -1;
  }
#endif
  return send(p->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t take(struct peer *p, unsigned char *bytes, size_t length) {
#ifdef TLS
  if (p->ssl) {
    int got = SSL_read(p->ssl, bytes, (int)length);
    if (got > 0) return got;
    int error = SSL_get_error(p->ssl, got);
    ERR_clear_error();
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? -1 : 0;
  }
#endif
  ssize_t got = recv(p->fd, bytes, length, MSG_DONTWAIT);
  return got < 0 && errno != EAGAIN ? 0 : got;
}

static uint32_t big32(const unsigned char *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void number(struct peer *p, uint32_t sequence, struct totals *totals) {
  int32_t apart = (int32_t)(sequence - p->next);
  if (p->numbered && apart > 0) totals->gaps += (uint64_t)apart;
  if (p->numbered && apart < 0) totals->repeated++;
  p->numbered = 1;
  p->next = sequence + 1;
}

/* Length of the head of a frame, of which `have` bytes are there: with a chunk's own header when it is binary. */
static size_t frame_head(const unsigned char *head, size_t have) {
  if (have < 2) return 2;
  size_t length = head[1] < 126 ? 2 : head[1] == 126 ? 4 : 10;
  return (head[0] & 15) == 2 ? length + 18 : length;
}

static int on_frame(struct peer *p, const unsigned char *head, size_t length, struct totals *totals) {
  int opcode = head[0] & 15, binary = opcode == 2;
  if (head[1] & 128 || !(head[0] & 128)) { totals->corrupt++; return 0; }
  uint64_t payload = head[1];
  if (payload == 126) payload = (uint64_t)head[2] << 8 | head[3];
  else if (payload == 127) payload = (uint64_t)big32(head + 2) << 32 | big32(head + 6);
  if (opcode == 8) return 0;
  if (opcode == 10) totals->pongs++;
  if (opcode == 1) { /* the first is the challenge, the second the welcome */
    if (p->questions) answered(p);
    if (p->texts < 2) p->texts++;
    if (p->texts == 2) opened(p);
  }
  if (binary) {
    const unsigned char *chunk = head + length - 18;
    if (payload < 19) { totals->corrupt++; return 0; }
    if (chunk[0] == 4) { /* others are seals and signed time */
      number(p, big32(chunk + 13), totals);
      totals->packets++;
      p->packets++;
      heard(p);
    }
    payload -= 18;
  }
  p->skip = payload;
  return 1;
}

static size_t page_head(const unsigned char *head, size_t have) { return have < 27 ? 27 : 27 + (size_t)head[26]; }

static int on_page(struct peer *p, const unsigned char *head, struct totals *totals) {
  if (memcmp(head, "OggS", 4)) { totals->corrupt++; return 0; }
  uint64_t body = 0, packets = 0;
  int audio = 0;
  for (int i = 0; i < head[26]; i++) {
    body += head[27 + i];
    packets += head[27 + i] < 255;
  }
  for (int i = 6; i < 14; i++) audio |= head[i];
  p->skip = body;
  if (!audio) return 1; /* the stream's headers: from them to the live edge numbers jump */
  number(p, (uint32_t)head[18] | (uint32_t)head[19] << 8 | (uint32_t)head[20] << 16 | (uint32_t)head[21] << 24, totals);
  totals->packets += packets;
  p->packets += (uint32_t)packets;
  return 1;
}

int parse(struct peer *p, const unsigned char *bytes, size_t length, int ogg, struct totals *totals) {
  if (ogg && !p->page) p->page = malloc(27 + 255);
  unsigned char *store = ogg ? p->page : p->head;
  while (length > 0) {
    if (p->skip) {
      size_t part = p->skip < length ? (size_t)p->skip : length;
      p->skip -= part;
      bytes += part;
      length -= part;
      continue;
    }
    const unsigned char *head = p->have ? store : bytes;
    size_t have = p->have ? p->have : length;
    size_t need = ogg ? page_head(head, have) : frame_head(head, have);
    if (have < need || p->have) { /* gather what is missing; `need` may grow on the way */
      size_t part = p->have < need ? need - p->have : 0;
      if (part > length) part = length;
      memcpy(store + p->have, bytes, part);
      p->have = (uint16_t)(p->have + part);
      bytes += part;
      length -= part;
      need = ogg ? page_head(store, p->have) : frame_head(store, p->have);
      if (p->have < need) continue;
      head = store;
      p->have = 0;
    } else {
      bytes += need;
      length -= need;
    }
    if (!(ogg ? on_page(p, head, totals) : on_frame(p, head, need, totals))) return 0;
  }
  return 1;
}
