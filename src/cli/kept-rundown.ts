/**
 * The rundown of a station that is not running, from its folder alone.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Clock } from "../base/clock.js";
import { Fault, type Words } from "../base/errors.js";
import { silentLog } from "../base/log.js";
import { plannedDays } from "../domain/dated.js";
import type { AreaId, PlaylistId, ReceiverId } from "../domain/ids.js";
import { plan } from "../domain/plan.js";
import { receiverSchema } from "../domain/receiver.js";
import type { Rundown } from "../domain/rundown.js";
import { radioSources } from "../server/config/radio-settings.js";
import { parsePlaylist, type Station } from "../server/config.js";
import { chimesOf } from "../server/control/chimes.js";
import { createDays } from "../server/control/days.js";
import { createPlaylistReview } from "../server/control/playlist-review.js";
import { approvedSlots } from "../server/control/slots.js";
import { readLibrary } from "../server/library.js";
import { openClipStore, openPlaylists } from "../server/store/index.js";
import { withKeptStore } from "./kept-station.js";

/** Chimes whose clip was not made yet stay unknown: planning makes no sound. */
const NO_PIPELINE = {
  async makeClip(): Promise<never> {
    throw new Fault("unavailable", { vi: "chưa làm thành âm thanh", en: "not made into a clip yet" });
  },
};

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface KeptRundown {
  readonly rundown: Rundown;
  /** Where a receiver stands. */
  areaOf(id: ReceiverId): AreaId | undefined;
  /** What is said about a playlist as a whole. */
  remarksOn(id: PlaylistId): readonly Words[];
}

/**
 * @param days from today's midnight on
 * @throws Fault as {@link withKeptStore}
 */
export async function keptRundown(station: Station, days: number, clock: Clock): Promise<KeptRundown> {
  const { paths, settings } = station;
  const log = silentLog;
  return withKeptStore(station, clock, async (store) => {
    const clips = await openClipStore({ folder: paths.clips, clock, log });
    const playlists = await openPlaylists({ folder: paths.playlists, parse: parsePlaylist, clock, log });
    const library = await readLibrary({ folder: paths.library, cache: paths.cache, pipeline: NO_PIPELINE, clips, log });
    const receivers = store.receivers
      .all()
      .map(({ device: _device, pairing: _pairing, ...place }) => receiverSchema.parse(place));
    const calendar = createDays(settings.zone, () => clock.date());
    const byId = new Map(playlists.all().map((playlist) => [playlist.id, playlist]));
    const announcements = new Map(store.announcements.all().map((announcement) => [announcement.id, announcement]));
    const schedules = store.schedules.all();
    const rundown = plan({
      ...station,
      ...calendar.span(calendar.today(), days),
      zone: settings.zone,
      receivers,
      declarations: store.declarations.all().flatMap(plannedDays),
      raises: store.raises.all().flatMap(plannedDays),
      schedules,
      approvedSlots: approvedSlots(schedules, { slots: store.slots, sources: radioSources(settings.radio), digest }),
      playlists: byId,
      announcements,
      chimes: chimesOf(library.chimes, store.chimeApprovals),
    });
    const review = createPlaylistReview({
      announcementOf: (id) => announcements.get(id),
      context: settings.checks,
      digest,
    });
    const remarksOn = (id: PlaylistId): readonly Words[] => {
      const playlist = byId.get(id);
      return playlist ? review(playlist).findings.map(({ words }) => words) : [];
    };
    const areas = new Map(receivers.map(({ id, area }) => [id, area]));
    return { rundown, areaOf: (id) => areas.get(id), remarksOn };
  });
}
