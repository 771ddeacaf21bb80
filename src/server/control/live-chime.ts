/**
 * The chime before somebody speaks: a recording of the library that may sound (R2).
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { KeptChime } from "../../domain/chime.js";
import type { Sha256 } from "../../domain/ids.js";
import { type ChimeParts, chimesOf } from "./chimes.js";

/** A longer one is no chime, ms: it would keep the speaker waiting. */
const LONGEST_MS = 8_000;

export interface LiveChimeParts extends Pick<ChimeParts, "approvals"> {
  readonly library: ReadonlyMap<string, KeptChime>;
  /** The packets of a clip, 20 ms each. */
  readonly packetsOf: (sha256: Sha256) => Promise<readonly Uint8Array[]>;
}

/** @throws Fault (by what it returns) "not-found", "forbidden" for what nobody approved, "invalid" for what is too long */
export const createLiveChime =
  ({ library, approvals, packetsOf }: LiveChimeParts) =>
  (name: string): Promise<readonly Uint8Array[]> => {
    const chime = chimesOf(library, approvals).get(name);
    if (!chime) throw refused("not-found", name, "đài không có tệp này", "the library does not hold it");
    if (!chime.isApproved) throw refused("forbidden", name, "chưa được duyệt", "nobody has approved it");
    if (chime.clip.durationMs > LONGEST_MS) throw refused("invalid", name, "dài hơn 8 giây", "it is longer than 8 s");
    return packetsOf(chime.clip.sha256);
  };

const refused = (code: "not-found" | "forbidden" | "invalid", name: string, vi: string, en: string) =>
  new Fault(
    code,
    {
      vi: `Không phát được nhạc hiệu «${name}» trước lời nói: ${vi}. Hãy chọn nhạc hiệu khác hoặc bỏ chọn. Chưa có gì phát ra.`,
      en: `The chime "${name}" cannot come first: ${en}. Choose another, or none. Nothing was heard.`,
    },
    { path: "/chime", reason: "chime" },
  );
