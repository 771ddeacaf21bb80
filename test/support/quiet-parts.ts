/** What tickets ask of the rest of the house, when nobody was ever seen and nobody stopped anything. */
export const quietParts = {
  lastSeen: () => undefined,
  areaOf: () => undefined,
  announcementOf: () => undefined,
  stopOf: () => undefined,
  breathe: async () => {},
} as const;
