/**
 * The rundown of a station that is not running, from its folder alone.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import { silentLog } from "../base/log.js";
import type { AreaId, ReceiverId } from "../domain/ids.js";
import { plan } from "../domain/plan.js";
import { receiverSchema } from "../domain/receiver.js";
import type { Rundown } from "../domain/rundown.js";
import { parsePlaylist, type Station } from "../server/config.js";
import { createDays } from "../server/control/days.js";
import { readLibrary } from "../server/library.js";
import { openClipStore, openPlaylists, openStore } from "../server/store/index.js";

/** Chimes whose clip was not made yet stay unknown: planning makes no sound. */
const NO_PIPELINE = {
  async makeClip(): Promise<never> {
    throw new Fault("unavailable", { vi: "chưa làm thành âm thanh", en: "not made into a clip yet" });
  },
};

export interface KeptRundown {
  readonly rundown: Rundown;
  /** Where a receiver stands. */
  areaOf(id: ReceiverId): AreaId | undefined;
}

/**
 * @param days from today's midnight on
 * @throws Fault "conflict", reason `locked`, when the station is running: ask it then
 */
export async function keptRundown(station: Station, days: number, clock: Clock): Promise<KeptRundown> {
  const { folder, paths, settings } = station;
  const log = silentLog;
  const store = await openStore({ folder, clock, log });
  try {
    const clips = await openClipStore({ folder: paths.clips, clock, log });
    const playlists = await openPlaylists({ folder: paths.playlists, parse: parsePlaylist, clock, log });
    const chimes = await readLibrary({ folder: paths.library, cache: paths.cache, pipeline: NO_PIPELINE, clips, log });
    const receivers = store.receivers
      .all()
      .map(({ device: _device, pairing: _pairing, ...place }) => receiverSchema.parse(place));
    const calendar = createDays(settings.zone, () => clock.date());
    const rundown = plan({
      ...station,
      ...calendar.span(calendar.today(), days),
      zone: settings.zone,
      receivers,
      declarations: store.declarations.all(),
      schedules: store.schedules.all(),
      playlists: new Map(playlists.all().map((playlist) => [playlist.id, playlist])),
      announcements: new Map(store.announcements.all().map((announcement) => [announcement.id, announcement])),
      chimes,
    });
    const areas = new Map(receivers.map(({ id, area }) => [id, area]));
    return { rundown, areaOf: (id) => areas.get(id) };
  } finally {
    await store.close();
  }
}
