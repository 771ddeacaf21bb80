/** The version of these programs, as releases are numbered. */
export const VERSION = "0.1.0";
