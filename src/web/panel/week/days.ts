/**
 * Dates of a week, as the API writes them. Pure.
 *
 * @module
 */

const DAY_MS = 86_400_000;

/** The date so many days later, or earlier. */
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** The Monday of the week in which a date lies. */
export function mondayOf(date: string): string {
  const weekday = (new Date(Date.parse(date)).getUTCDay() + 6) % 7;
  return dateAfter(date, -weekday);
}
