/**
 * The lists of the station that several pages fetch.
 *
 * @module
 */
import type { Playlist } from "../../domain/playlist.js";
import type { Policy } from "../../domain/policy.js";
import type { Schedule } from "../../domain/schedule.js";
import type { ChimeView } from "../../server/api/chime-routes.js";
import type { RadioView } from "../../server/api/radio-routes.js";
import type { AnnouncementView } from "../../server/api/views.js";
import { ask, type Kept } from "./ask.js";

export const fetchAnnouncements = () => ask<readonly AnnouncementView[]>("GET", "/announcements");
export const fetchChimes = () => ask<readonly ChimeView[]>("GET", "/chimes");
export const fetchPlaylists = () => ask<readonly Kept<Playlist>[]>("GET", "/playlists");
export const fetchPolicies = () => ask<readonly Policy[]>("GET", "/policies");
export const fetchRadio = () => ask<RadioView>("GET", "/radio");
export const fetchSchedules = () => ask<readonly Kept<Schedule>[]>("GET", "/schedules");

/** A mark as `If-Match` takes it; lists tell marks bare. */
export const matching = (revision: string | undefined): string | undefined =>
  revision === undefined || revision.startsWith('"') ? revision : `"${revision}"`;
