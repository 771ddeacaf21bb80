/* What the parts of the load generator share: a simulated receiver, its socket, and what it found. */
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

enum stage { IDLE, CONNECTING, ASKED, GREETED, OPEN };

struct options {
  int port, count, ogg, tls, inflight, rate, report, ping, burst, stall, stallreport, rcvbuf, jitter, tick;
  const char *path;
};

struct totals {
  uint64_t bytes, packets, gaps, repeated, corrupt, lost, unsent, pings, pongs, asked, answers;
};

struct peer {
  int fd;
  uint8_t stage, line_end, awaits_audio, numbered, questions, texts;
  uint16_t have;      /* bytes of a head that is not complete */
  uint32_t next;      /* sequence number that should come */
  uint32_t packets;
  uint64_t skip;      /* bytes that belong to what was begun */
  uint64_t retry_at;  /* us; 0 for never */
  void *ssl;
  unsigned char head[28];
  unsigned char *page; /* head of an Ogg page, up to 282 bytes */
};

/* load-generator-parts.c */
void read_options(struct options *options, int count, char **values);
void start_tls(int wanted);
/* 1 when done, 0 when more must come, -1 when it failed */
int begin_tls(struct peer *p);
void end_tls(struct peer *p);
ssize_t put(struct peer *p, const char *bytes, size_t length);
/* -1 when nothing is there, 0 at the end */
ssize_t take(struct peer *p, unsigned char *bytes, size_t length);
/* 0 when what came cannot be */
int parse(struct peer *p, const unsigned char *bytes, size_t length, int ogg, struct totals *totals);

/* load-generator-talk.c */
void greet(struct peer *p);
void report(struct peer *p);
void ping(struct peer *p);
void burst(struct peer *p);
void answered(struct peer *p);

/* load-generator.c */
extern struct options options;
extern struct totals totals;
extern struct peer *peers;
uint64_t read_clock(void);
void opened(struct peer *p);
void heard(struct peer *p);
