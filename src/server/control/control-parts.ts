/**
 * What the control is built of.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import type { StationClock } from "../../base/station-clock.js";
import type { Epoch } from "../../base/units.js";
import type { Sha256 } from "../../domain/ids.js";
import type { Signed } from "../../protocol/orders.js";
import type { ChimeParts } from "./chimes.js";
import type { Secrets, Trusted } from "./devices.js";
import type { KeyVerbsParts } from "./key-verbs.js";
import type { Kept, StationFacts } from "./knowledge.js";
import type { LiveFeeds, Radio, RadioFeeds, Recordings } from "./live-ports.js";
import type { NewsroomParts } from "./newsroom.js";
import type { PlaylistReviewParts } from "./playlist-review.js";
import type {
  AsRunLog,
  BaseMaps,
  ClipStore,
  Feeding,
  Normalise,
  Pipeline,
  Pips,
  Planner,
  Voices,
  Wire,
} from "./ports.js";
import type { UpdateParts } from "./updates.js";

export interface ControlParts {
  readonly facts: StationFacts;
  readonly kept: Kept;
  readonly asRun: AsRunLog;
  readonly clips: ClipStore;
  readonly baseMap: BaseMaps;
  readonly voices: Voices;
  readonly onSpoken?: NewsroomParts["onSpoken"];
  readonly pipeline: Pipeline & Pips;
  readonly normalise: Normalise;
  /** What the station says to the checks of wording. */
  readonly wording: Pick<ReturnType<NewsroomParts["situation"]>, "publicNumbers" | "issuingBodies" | "severities"> &
    PlaylistReviewParts["context"];
  readonly templates: NewsroomParts["templates"];
  /** Who may approve what. */
  readonly twoPeople: NewsroomParts["twoPeople"];
  readonly planner: Planner;
  readonly wire: Wire;
  readonly feeding: Feeding;
  /** How speech goes out, where it is kept, and what comes before it. */
  readonly live: {
    readonly feeds: LiveFeeds;
    readonly recordings: Recordings;
    readonly packetsOf: (sha256: Sha256) => Promise<readonly Uint8Array[]>;
  };
  /** How other stations are heard, and how they go out. */
  readonly radio: Radio & { readonly feeds: RadioFeeds };
  readonly clock: Clock;
  readonly stationClock: StationClock;
  readonly nextOrder: () => { readonly epoch: number; readonly sequence: number };
  readonly newId: () => string;
  /** Asks for a signature. @throws Fault "unavailable" without a signer, "forbidden" when it refuses */
  readonly sign: (what: "order" | "programme", text: string, urgency?: "stop") => Promise<Signed>;
  /** Which key signs orders, and the notices by which receivers learn of new ones. */
  readonly keys: KeyVerbsParts["keys"];
  readonly digest: (text: string) => string;
  readonly secrets: Secrets;
  readonly trusted: Trusted;
  /** Takes a handed-in file into the library. @throws Fault as {@link ChimeParts.keepRecording} says */
  readonly keepRecording: ChimeParts["keepRecording"];
  readonly removeFile: (file: string) => Promise<void>;
  readonly aliveUntil: Epoch;
  readonly log: Log;
  /** Programs for loudspeakers, and whether an update key signed what is said of one. */
  readonly packages: UpdateParts["packages"];
  readonly isManifestSigned: UpdateParts["isSigned"];
}
