/** The long form, as `npm run faults` asks for; the short one is what a change must pass before it is taken. */
const isLong = process.env.LOA_FAULTS === "long";

/** Kills of server or loudspeaker in a run. */
export const KILLS = isLong ? 200 : 50;
/** Power cuts in a run. */
export const CUTS = isLong ? 20 : 5;
/** Seconds without a network. */
export const CUT_S = isLong ? 60 : 12;
/** Random runs of a whole station. */
export const RUNS = isLong ? 1_000 : 120;
/** Items that sound while somebody meddles with the messages. */
export const ROUNDS = isLong ? 20 : 3;
/** Connections with nonsense, at each end. */
export const NONSENSE = isLong ? 5_000 : 300;
/** Where their chance begins: printed with them, and given again by `LOA_SEED` to see the same once more. */
export const SEED = Number(process.env.LOA_SEED ?? Math.floor(Math.random() * 2 ** 31));
