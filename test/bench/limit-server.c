/*
 * The floor: what a fan-out must cost with plain sockets. One thread, epoll, each piece of audio built once, one send per
 * receiver and piece. It knows nobody and checks nothing. Of what receivers say it answers pings and clock questions, without
 * looking at the clock, and throws the rest away.
 *
 * Arguments are name=value:
 *   port    TCP port on 127.0.0.1
 *   piece   milliseconds of audio in one send, in packets of 20 ms; 0 sends nothing
 *   slots   receivers are spread over this many slots in each piece
 *   gap     milliseconds from one slot to the next
 *   key, cert   PEM files; TLS when given (built with -DTLS -lssl -lcrypto)
 *
 * It prints "ready" when it listens. The handshake's accept key is not computed: its one client does not check it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef TLS
#include <openssl/err.h>
#include <openssl/ssl.h>
static SSL_CTX *tls;
#endif

enum { PACKET_MS = 20, PACKET_BYTES = 80, HEADER = 18, MOST = 20000, EVENTS = 1024, BACKLOG = 4096 };

struct peer {
  int fd, slot, place, upgraded, welcomed, wants_out;
  char *rest; /* what the kernel would not take of the last piece */
  size_t rest_at, rest_length;
#ifdef TLS
  SSL *ssl;
#endif
};

static struct peer peers[MOST];
static int *slot_fds[64], slot_size[64];
static int slots = 1, gap_ms = 60, piece_ms = 1000, port, poller, joined;
static const char *key_file, *cert_file;

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static ssize_t put(struct peer *p, const char *bytes, size_t length) {
#ifdef TLS
  if (p->ssl) {
    int wrote = SSL_write(p->ssl, bytes, (int)length);
    if (wrote > 0) return wrote;
    int error = SSL_get_error(p->ssl, wrote);
    ERR_clear_error();
    errno = error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ ? EAGAIN : EPIPE;
    return -1;
  }
#endif
  return send(p->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static ssize_t take(struct peer *p, char *bytes, size_t length) {
#ifdef TLS
  if (p->ssl) {
    int read = SSL_read(p->ssl, bytes, (int)length); /* does the handshake on the way */
    if (read > 0) return read;
    int error = SSL_get_error(p->ssl, read);
    ERR_clear_error();
    errno = EAGAIN;
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? -1 : 0;
  }
#endif
  return recv(p->fd, bytes, length, MSG_DONTWAIT);
}

static void watch(struct peer *p, int out, int how) {
  struct epoll_event e = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.fd = p->fd};
  p->wants_out = out;
  epoll_ctl(poller, how, p->fd, &e);
}

static void leave(struct peer *p) {
  if (p->upgraded) {
    int last = slot_fds[p->slot][--slot_size[p->slot]];
    slot_fds[p->slot][p->place] = last;
    peers[last].place = p->place;
  }
#ifdef TLS
  if (p->ssl) SSL_free(p->ssl);
#endif
  free(p->rest);
  close(p->fd);
  memset(p, 0, sizeof *p);
}

static void send_piece(struct peer *p, const char *bytes, size_t length) {
  if (p->rest) return; /* behind: this piece is left out */
  ssize_t wrote = put(p, bytes, length);
  if (wrote == (ssize_t)length) return;
  if (wrote < 0 && errno != EAGAIN) return; /* its end comes as an event */
  if (wrote < 0) wrote = 0;
  p->rest_length = length - (size_t)wrote;
  p->rest_at = 0;
  p->rest = malloc(p->rest_length);
  memcpy(p->rest, bytes + wrote, p->rest_length);
  watch(p, 1, EPOLL_CTL_MOD);
}

static void send_rest(struct peer *p) {
  ssize_t wrote = p->rest ? put(p, p->rest + p->rest_at, p->rest_length - p->rest_at) : 0;
  if (wrote < 0) return;
  p->rest_at += (size_t)wrote;
  if (p->rest && p->rest_at < p->rest_length) return;
  free(p->rest);
  p->rest = NULL;
  watch(p, 0, EPOLL_CTL_MOD);
}

/* Empty pings get their pong. Texts that ask for the time come from the bench's own receivers, in a frame of their own. */
static void answer(struct peer *p, const char *bytes, ssize_t length) {
  static const char pong[2] = {(char)0x8a, 0};
  static const char time[] = "\x81\x27{\"t\":\"time\",\"p\":{\"c1\":1,\"s2\":1,\"s3\":1}}";
  if (length == 6 && bytes[0] == (char)0x89) put(p, pong, sizeof pong);
  else if (length > 16 && length < 80 && !memcmp(bytes + 6, "{\"t\":\"time\"", 11)) put(p, time, sizeof time - 1);
}

static void hear(struct peer *p) {
  static char bytes[65536];
  ssize_t length = take(p, bytes, sizeof bytes);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) return leave(p);
  if (!p->upgraded) {
    static const char accept[] =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: unchecked\r\nSec-WebSocket-Protocol: pa.v1\r\n\r\n";
    put(p, accept, sizeof accept - 1);
    p->upgraded = 1;
    p->slot = joined++ % slots;
    p->place = slot_size[p->slot];
    slot_fds[p->slot][slot_size[p->slot]++] = p->fd;
  } else if (!p->welcomed) {
    static const char welcome[] = "\x81\x18{\"t\":\"challenge\",\"p\":{}}\x81\x16{\"t\":\"welcome\",\"p\":{}}";
    put(p, welcome, sizeof welcome - 1);
    p->welcomed = 1;
  } else {
    answer(p, bytes, length);
  }
}

static void let_in(int listener) {
  int one = 1, fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    if (fd >= MOST) { close(fd); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct peer *p = &peers[fd];
    memset(p, 0, sizeof *p);
    p->fd = fd;
#ifdef TLS
    if (tls) {
      p->ssl = SSL_new(tls);
      SSL_set_fd(p->ssl, fd);
      SSL_set_accept_state(p->ssl);
    }
#endif
    watch(p, 0, EPOLL_CTL_ADD);
  }
}

static void put_number(char *at, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++) at[i] = (char)(value >> (8 * (bytes - 1 - i)));
}

/* The frames of one piece: each packet a binary frame with the protocol's header. */
static size_t build(char *piece, uint32_t *sequence, uint64_t at) {
  char *end = piece;
  for (int packet = 0; packet < piece_ms / PACKET_MS; packet++, at += PACKET_MS * 1000) {
    *end++ = (char)0x82;
    *end++ = HEADER + PACKET_BYTES;
    *end = 4;
    put_number(end + 1, at, 8);
    put_number(end + 9, 1, 4);
    put_number(end + 13, (*sequence)++, 4);
    end[17] = 0;
    memset(end + HEADER, packet, PACKET_BYTES);
    end += HEADER + PACKET_BYTES;
  }
  return (size_t)(end - piece);
}

static int listen_on_port(void) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, BACKLOG)) { perror("listen"); exit(1); }
  struct epoll_event e = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &e);
  return listener;
}

static void read_arguments(int count, char **values) {
  for (int i = 1; i < count; i++) {
    char *equals = strchr(values[i], '=');
    if (!equals) { fprintf(stderr, "name=value expected: %s\n", values[i]); exit(2); }
    *equals = 0;
    const char *value = equals + 1;
    if (!strcmp(values[i], "port")) port = atoi(value);
    else if (!strcmp(values[i], "piece")) piece_ms = atoi(value);
    else if (!strcmp(values[i], "slots")) slots = atoi(value);
    else if (!strcmp(values[i], "gap")) gap_ms = atoi(value);
    else if (!strcmp(values[i], "key")) key_file = value;
    else if (!strcmp(values[i], "cert")) cert_file = value;
    else { fprintf(stderr, "unknown: %s\n", values[i]); exit(2); }
  }
  if (slots < 1 || slots > 64) exit(2);
}

static void start_tls(void) {
  if (!key_file) return;
#ifdef TLS
  tls = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_file(tls, cert_file, SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_use_PrivateKey_file(tls, key_file, SSL_FILETYPE_PEM) != 1) { fprintf(stderr, "bad key or certificate\n"); exit(2); }
#else
  fprintf(stderr, "built without TLS\n");
  exit(2);
#endif
}

int main(int count, char **values) {
  read_arguments(count, values);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  for (int slot = 0; slot < slots; slot++) slot_fds[slot] = calloc(MOST, sizeof(int));
  start_tls();
  poller = epoll_create1(EPOLL_CLOEXEC);
  int listener = listen_on_port();
  printf("ready\n");
  fflush(stdout);

  static struct epoll_event events[EVENTS];
  char *piece = malloc((size_t)(piece_ms / PACKET_MS + 1) * (HEADER + PACKET_BYTES + 2));
  size_t length = 0;
  uint32_t sequence = 0;
  int slot = 0;
  uint64_t period = now_us() + (uint64_t)piece_ms * 1000, due = period;
  for (;;) {
    uint64_t now = now_us();
    int wait = piece_ms == 0 ? -1 : due <= now ? 0 : (int)((due - now + 999) / 1000);
    int ready = epoll_wait(poller, events, EVENTS, wait);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.fd == listener) { let_in(listener); continue; }
      struct peer *p = &peers[events[i].data.fd];
      if (events[i].events & EPOLLOUT) send_rest(p);
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) hear(p);
    }
    if (piece_ms == 0 || now_us() < due) continue;
    if (slot == 0) length = build(piece, &sequence, now_us() + 2000000);
    for (int i = 0; i < slot_size[slot]; i++) send_piece(&peers[slot_fds[slot][i]], piece, length);
    if (++slot == slots) { slot = 0; period += (uint64_t)piece_ms * 1000; due = period; }
    else due += (uint64_t)gap_ms * 1000;
  }
}
