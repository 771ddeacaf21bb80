/** The long form, as `npm run faults` asks for; the short one is what a change must pass before it is taken. */
const isLong = process.env.LOA_FAULTS === "long";

/** Pages of each state file that are damaged, from its beginning. */
export const PAGES = isLong ? Number.POSITIVE_INFINITY : 1;
/** Kills of server or loudspeaker in a run. */
export const KILLS = isLong ? 200 : 50;
/** Power cuts in a run. */
export const CUTS = isLong ? 20 : 5;
/** Seconds without a network. */
export const CUT_S = isLong ? 60 : 12;
/** Random runs of a whole station. */
export const RUNS = isLong ? 1_000 : 120;
/** Editorial histories of several people. */
export const HISTORIES = isLong ? 5_000 : 1_000;
/** Items that sound while somebody meddles with the messages. */
export const ROUNDS = isLong ? 20 : 3;
/** Connections with nonsense, at each end. */
export const NONSENSE = isLong ? 5_000 : 300;
/** Receivers that come back at once. */
export const CROWD = isLong ? 10_000 : 300;
/** Nonsense inside of well-formed messages, to a whole loudspeaker. */
export const WITHIN = isLong ? 60_000 : 3_000;
/** Where their chance begins: printed with them, and given again by `LOA_SEED` to see the same once more. */
export const SEED = Number(process.env.LOA_SEED ?? Math.floor(Math.random() * 2 ** 31));
