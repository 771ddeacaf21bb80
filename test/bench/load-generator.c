/*
 * Thousands of receivers in one process: they connect, say hello, report their state as a receiver does, take everything
 * that comes and check that no packet is missing, repeated or out of order. It must never be what limits a measurement:
 * sockets are drained once a tick, many frames in one read.
 *
 * Arguments are name=value:
 *   port, count, proto=ws|ogg, path   where and how many; ogg is a GET for an Ogg stream (Icecast)
 *   tls=1        over TLS (built with -DTLS -lssl -lcrypto)
 *   inflight     connections being made at once      rate   connections begun in a second, 0 for no limit
 *   report       milliseconds from one state report of a receiver to the next, 0 for none
 *   ping         milliseconds from one empty ping of a receiver to the next, 0 for none
 *   burst        milliseconds from one burst of clock questions of a receiver to the next, 0 for none; four questions, each
 *                after the answer to the one before
 *   stall        so many receivers stop reading after the welcome; stallreport=1: they go on reporting
 *   rcvbuf       bytes of their receive buffer
 *   jitter       milliseconds over which lost connections come back; -1: they do not
 *   tick         milliseconds from one draining to the next
 *
 * Standard input: "mark" begins the measurement, "stop" ends it. Standard output, one JSON object per line:
 *   {"event":"open","seconds":s}    all are connected and welcomed
 *   {"event":"back","seconds":s}    all that were lost have audio again, s after the first loss
 *   {"event":"result",...}          after "stop"
 */
#define _GNU_SOURCE
#include "load-generator.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 4096, READ = 1 << 18, SOURCES = 8 };

struct options options = {.count = 100, .path = "/ws/receiver", .inflight = 200, .jitter = -1, .tick = 50};
struct totals totals;
struct peer *peers;
static int poller, begun, busy, open_now, announced, waiting_back;
static uint64_t now, started, first_loss;

uint64_t read_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void watch(struct peer *p, uint32_t what, int how) {
  struct epoll_event e = {.events = what, .data.u32 = (uint32_t)(p - peers)};
  epoll_ctl(poller, how, p->fd, &e);
}

static void lose(struct peer *p) {
  if (p->stage == IDLE) return;
  if (p->stage == OPEN) {
    open_now--;
    totals.lost++;
    if (!first_loss) first_loss = read_clock();
    if (options.jitter >= 0 && !p->awaits_audio) { p->awaits_audio = 1; waiting_back++; }
  } else {
    busy--;
  }
  end_tls(p);
  close(p->fd);
  uint64_t pause = p->stage == OPEN ? 0 : 100000;
  p->stage = IDLE;
  p->retry_at = options.jitter < 0 ? 0 : read_clock() + pause + (uint64_t)(drand48() * options.jitter * 1000) + 1;
}

static void begin(struct peer *p) {
  int index = (int)(p - peers), one = 1;
  char awaits_audio = p->awaits_audio;
  memset(p, 0, sizeof *p);
  p->awaits_audio = awaits_audio;
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (p->fd < 0) { perror("socket"); exit(1); }
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(p->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  if (options.rcvbuf && index < options.stall) setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &options.rcvbuf, sizeof options.rcvbuf);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000101 + (uint32_t)(index % SOURCES))};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  bind(p->fd, (struct sockaddr *)&from, sizeof from);
  p->stage = CONNECTING;
  busy++;
  if (connect(p->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) { lose(p); return; }
  watch(p, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void ask(struct peer *p) {
  char text[500];
  int length = snprintf(text, sizeof text, options.ogg
      ? "GET %s HTTP/1.0\r\nHost: localhost\r\nUser-Agent: bench\r\n\r\n"
      : "GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: pa.v1\r\n\r\n", options.path);
  put(p, text, (size_t)length);
  p->stage = ASKED;
  watch(p, EPOLLIN, EPOLL_CTL_MOD);
}

void opened(struct peer *p) {
  if (p->stage == OPEN) return;
  p->stage = OPEN;
  busy--;
  open_now++;
  if (p - peers < options.stall) watch(p, 0, EPOLL_CTL_MOD);
}

void heard(struct peer *p) {
  if (!p->awaits_audio) return;
  p->awaits_audio = 0;
  if (--waiting_back == 0 && begun >= options.count && open_now == options.count) {
    printf("{\"event\":\"back\",\"seconds\":%.3f}\n", (double)(read_clock() - first_loss) / 1e6);
    fflush(stdout);
  }
}

/* The answer to the request ends with an empty line; what follows belongs to the stream. */
static void read_answer(struct peer *p, const unsigned char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    p->line_end = bytes[i] == '\n' ? p->line_end + 1 : bytes[i] == '\r' ? p->line_end : 0;
    if (p->line_end < 2) continue;
    if (options.ogg) opened(p);
    else greet(p);
    if (!parse(p, bytes + i + 1, length - i - 1, options.ogg, &totals)) lose(p);
    return;
  }
}

static void drain(struct peer *p) {
  static unsigned char bytes[READ];
  for (;;) {
    ssize_t length = take(p, bytes, sizeof bytes);
    if (length < 0) return;
    if (length == 0) { lose(p); return; }
    totals.bytes += (uint64_t)length;
    if (p->stage == ASKED) read_answer(p, bytes, (size_t)length);
    else if (!parse(p, bytes, (size_t)length, options.ogg, &totals)) lose(p);
    if (p->stage == IDLE || (!p->ssl && (size_t)length < sizeof bytes)) return;
  }
}

static void on_event(struct peer *p, uint32_t what) {
  if (p->stage == IDLE) return;
  if (p->stage == CONNECTING) {
    if (what & (EPOLLERR | EPOLLHUP)) { lose(p); return; }
    if (!options.tls) { if (what & EPOLLOUT) ask(p); return; }
    int done = begin_tls(p);
    if (done < 0) lose(p);
    if (done > 0) ask(p);
    return;
  }
  drain(p);
}

static void connect_more(void) {
  double allowed = options.rate ? (double)(now - started) / 1e6 * options.rate : 1e9;
  while (begun < options.count && busy < options.inflight && begun < allowed) begin(&peers[begun++]);
  if (options.jitter < 0) return;
  for (int i = 0; i < begun; i++)
    if (peers[i].stage == IDLE && peers[i].retry_at && peers[i].retry_at <= now) begin(&peers[i]);
}

/* What every receiver does once in a period, spread evenly over it. */
struct habit {
  int *period;
  void (*act)(struct peer *p);
  double owed;
  uint64_t last;
  int next;
};

static struct habit habits[] = {
    {.period = &options.report, .act = report}, {.period = &options.ping, .act = ping}, {.period = &options.burst, .act = burst}};

static void follow(struct habit *h) {
  if (!*h->period) return;
  if (h->last) h->owed += (double)(now - h->last) / 1000 / *h->period * options.count;
  h->last = now;
  for (; h->owed >= 1; h->owed--, h->next = (h->next + 1) % options.count) {
    struct peer *p = &peers[h->next];
    if (p->stage == OPEN && (h->next >= options.stall || options.stallreport)) h->act(p);
  }
}

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void obey(void) {
  static double cpu_before;
  static uint64_t began;
  char line[64] = {0};
  if (read(0, line, sizeof line - 1) <= 0) exit(0);
  if (!strncmp(line, "mark", 4)) {
    memset(&totals, 0, sizeof totals);
    cpu_before = cpu_seconds();
    began = now;
    return;
  }
  int silent = 0;
  for (int i = options.stall; i < options.count; i++) silent += peers[i].stage == OPEN && peers[i].packets == 0;
  double length = (double)(now - began) / 1e6;
  printf("{\"event\":\"result\",\"seconds\":%.3f,\"open\":%d,\"bytes\":%llu,\"packets\":%llu,\"gaps\":%llu,\"repeated\":%llu,"
         "\"corrupt\":%llu,\"lost\":%llu,\"unsent\":%llu,\"pings\":%llu,\"pongs\":%llu,"
         "\"asked\":%llu,\"answers\":%llu,\"silent\":%d,\"load\":%.3f}\n",
         length, open_now, (unsigned long long)totals.bytes, (unsigned long long)totals.packets,
         (unsigned long long)totals.gaps, (unsigned long long)totals.repeated, (unsigned long long)totals.corrupt,
         (unsigned long long)totals.lost, (unsigned long long)totals.unsent,
         (unsigned long long)totals.pings, (unsigned long long)totals.pongs, (unsigned long long)totals.asked,
         (unsigned long long)totals.answers, silent, (cpu_seconds() - cpu_before) / length);
  fflush(stdout);
  exit(0);
}

int main(int count, char **values) {
  read_options(&options, count, values);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  start_tls(options.tls);
  peers = calloc((size_t)options.count, sizeof *peers);
  poller = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event input = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &input);
  static struct epoll_event events[EVENTS];
  started = read_clock();
  for (;;) {
    uint64_t turn = read_clock();
    int ready = epoll_wait(poller, events, EVENTS, 5);
    now = read_clock();
    for (int i = 0; i < ready; i++) {
      if (events[i].data.u32 == UINT32_MAX) obey();
      else on_event(&peers[events[i].data.u32], events[i].events);
    }
    connect_more();
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) follow(&habits[i]);
    if (!announced && open_now == options.count) {
      announced = 1;
      printf("{\"event\":\"open\",\"seconds\":%.3f}\n", (double)(now - started) / 1e6);
      fflush(stdout);
    }
    uint64_t used = read_clock() - turn;
    int settled = busy == 0 && begun == options.count && waiting_back == 0;
    if (settled && ready < EVENTS && used < (uint64_t)options.tick * 1000) usleep((useconds_t)((uint64_t)options.tick * 1000 - used));
  }
}
