/**
 * What is said about a playlist as a whole: whether who listens to all of it hears anything good.
 *
 * @module
 */
import type { Announcement } from "../../domain/announcement.js";
import type { Finding } from "../../domain/finding.js";
import type { AnnouncementId } from "../../domain/ids.js";
import type { Playlist } from "../../domain/playlist.js";
import { checkPlaylist, MOODS, type PlaylistContext } from "../../language/checks/index.js";

export interface PlaylistReviewParts {
  readonly announcementOf: (id: AnnouncementId) => Announcement | undefined;
  /** Moods of the station's own topics come beside those that the program knows, and before them. */
  readonly context: PlaylistContext;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
}

/** An all-clear is good news whatever danger its topic names. */
const ALL_CLEAR = "het-khan-cap";

/** Judges playlists, kept or not. An announcement that does not exist counts for nothing. */
export function createPlaylistReview({ announcementOf, context, digest }: PlaylistReviewParts) {
  const moods = { ...MOODS, ...context.moods };
  return ({ items }: Pick<Playlist, "items">): { readonly findings: readonly Finding[] } => {
    const topics = items.flatMap((item) => {
      const said = item.kind === "announcement" ? announcementOf(item.announcement) : undefined;
      return said === undefined ? [] : [said.template?.part === "allClear" ? ALL_CLEAR : said.topic];
    });
    const found = checkPlaylist(topics, { ...context, moods });
    return {
      findings: found.map((finding) => ({
        ...finding,
        id: `${finding.check}-${digest(finding.words.en).slice(0, 12)}`,
      })),
    };
  };
}
