/* What a simulated receiver says. */
#include "load-generator.h"

enum { QUESTIONS = 4 }; /* as relay/link/timekeeper.ts asks when nothing will sound soon */

static void say(struct peer *p, const char *text, size_t length) {
  char frame[700] = {(char)0x81};
  size_t head = length < 126 ? 2 : 4;
  frame[1] = (char)(0x80 | (length < 126 ? length : 126));
  if (head == 4) { frame[2] = (char)(length >> 8); frame[3] = (char)length; }
  memcpy(frame + head + 4, text, length); /* the mask is zero */
  if (put(p, frame, head + 4 + length) < 0) totals.unsent++;
}

/* The bench server admits whoever says hello; this only has the form of a signature. */
#define A43 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define NO_PROOF A43 A43

void greet(struct peer *p) {
  char text[500];
  int length = snprintf(text, sizeof text,
      "{\"t\":\"hello\",\"p\":{\"versions\":[1],\"receiver\":\"loa-%d\",\"proof\":\"%s\",\"bootId\":\"boot-%d\","
      "\"software\":\"bench 1.0.0\",\"bufferMs\":10000,\"leadMs\":120,\"programmeRevision\":12,\"journal\":\"journal-%d\"}}",
      (int)(p - peers), NO_PROOF, (int)(p - peers), (int)(p - peers));
  say(p, text, (size_t)length);
  p->stage = GREETED;
}

void ping(struct peer *p) {
  static const char frame[6] = {(char)0x89, (char)0x80}; /* the mask is zero */
  totals.pings++;
  if (put(p, frame, sizeof frame) < 0) totals.unsent++;
}

static void question(struct peer *p) {
  char text[80];
  int length = snprintf(text, sizeof text, "{\"t\":\"time\",\"p\":{\"c1\":%llu}}", (unsigned long long)read_clock());
  totals.asked++;
  say(p, text, (size_t)length);
}

void burst(struct peer *p) {
  p->questions = QUESTIONS;
  question(p);
}

void answered(struct peer *p) {
  totals.answers++;
  if (--p->questions) question(p);
}

/* Who reports as rarely as an idle receiver says that nothing sounds. */
void report(struct peer *p) {
  static int turn;
  char text[600], sounding[160] = "";
  if (options.report < 10000)
    snprintf(sounding, sizeof sounding, "{\"cue\":\"live-1\",\"class\":\"ordinary\",\"state\":\"sounding\",\"positionMs\":%d}",
             2000 * (turn % 500));
  int length = snprintf(text, sizeof text,
      "{\"t\":\"state\",\"p\":{\"now\":[%s],\"volume\":80,\"muted\":false,\"bufferMs\":%d,\"late\":0,\"underruns\":0,"
      "\"clockErrorUs\":%d,\"clock\":\"trusted\",\"sink\":\"ok\"}}", sounding, 900 + turn % 300, 100 + turn % 77);
  turn++;
  say(p, text, (size_t)length);
}
