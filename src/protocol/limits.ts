/**
 * Every limit of the wire in one place; PROTOCOL.md gives the same numbers.
 *
 * @module
 */
import { type Ms, ms } from "../base/units.js";

/** Subprotocol and its number. A changed binary layout is a new one. */
export const SUBPROTOCOL = "pa.v1";
/** Where receivers connect. */
export const RECEIVER_PATH = "/ws/receiver";
/** Largest text frame from a receiver, bytes. */
export const MAX_RECEIVER_MESSAGE = 64 * 1024;
/** Largest text frame from the server, bytes. */
export const MAX_SERVER_MESSAGE = 256 * 1024;
/** Largest binary frame, bytes: header and one Opus packet. */
export const MAX_CHUNK = 18 + 1275;
/** Most text messages a receiver may send in a second, averaged over ten. */
export const MAX_MESSAGES_PER_SECOND = 20;
/** Most journal lines in one report; fewer when they would not fit into {@link MAX_RECEIVER_MESSAGE} (see `report.ts`). */
export const MAX_REPORT_LINES = 200;
/** Most clips in one list of clips: with 64 hex digits each they fit into {@link MAX_RECEIVER_MESSAGE}. */
export const MAX_CLIPS_LISTED = 800;
/** Most clips in one list of those that could not be had. */
export const MAX_FAILED_LISTED = 64;
/** Longest text of an order, UTF-16 units: escaped once more it still fits into {@link MAX_SERVER_MESSAGE}. */
export const MAX_ORDER_TEXT = 200_000;
/** Largest programme, bytes: twenty thousand cues of a few clips. */
export const MAX_PROGRAMME = 16 * 1024 * 1024;
/** Longest certificate of an authority that a device is told to trust, letters. */
export const MAX_AUTHORITY = 16_384;
/** Most order keys that a device is told of at its pairing. */
export const MAX_ORDER_KEYS = 8;
/** Never more audio ahead than this on the wire. */
export const MAX_SEND_AHEAD: Ms = ms(10_000);
/** A receiver that says nothing for this long while on air is gone; while idle the longer one holds. */
export const DEAD_ON_AIR: Ms = ms(6_000);
export const DEAD_IDLE: Ms = ms(30_000);
/** When one of the two sides has said nothing for this long, a receiver sends an empty WebSocket ping. */
export const PING_ON_AIR: Ms = ms(3_000);
export const PING_IDLE: Ms = ms(25_000);
/** A ping whose answer is late is sent again after this. */
export const PING_AGAIN: Ms = ms(1_000);
/** How often a receiver reports its state when nothing in it changes, on air and idle. */
export const STATE_ON_AIR: Ms = ms(2_000);
export const STATE_IDLE: Ms = ms(3_600_000);
/** Longest pip of a test order, ms. */
export const MAX_TEST_TONE: Ms = ms(10_000);
/** A meter that hears nothing for this long while something sounds tells of it, once for each sounding, ms. */
export const NOT_HEARD_AFTER_MS = 15_000;
/** A stop fades out within this time, so that no loudspeaker pops. */
export const STOP_FADE: Ms = ms(40);
/** Samples at 48 kHz that an Opus decoder gives before the first real one, in every clip of the house (RFC 7845, 4.2). */
export const PRE_SKIP = 312;
/** Most heads of days in one list. */
export const MAX_DAYS_LISTED = 100;
/** Heads of days that a receiver keeps, at least: more than a year. */
export const DAYS_KEPT = 420;
/** Largest package of a program as it travels, and unpacked, bytes. */
export const MAX_PACKAGE = 64 * 1024 * 1024;
export const MAX_PACKAGE_UNPACKED = 192 * 1024 * 1024;
/** Most files in a package, and the longest path of one, letters. */
export const MAX_PACKAGE_FILES = 10_000;
export const MAX_PACKAGE_PATH = 200;
