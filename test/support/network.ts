/** How a network behaves. Everything is per direction. */
export interface Weather {
  /** Nothing passes, and nobody is told: a mobile cell lost. */
  blackHole: boolean;
  /** Nobody can connect, as when a cable is pulled or a modem is off. */
  refuses: boolean;
  /** Bytes a second that all connections share; 0 for no limit. */
  bytesPerSecond: number;
  /** Each piece is this much later, and up to `jitterMs` more. TCP keeps the order. */
  delayMs: number;
  jitterMs: number;
  /** Chance that a piece is lost and has to be sent again, 0 to 1. */
  loss: number;
}

export const FAIR: Weather = { blackHole: false, refuses: false, bytesPerSecond: 0, delayMs: 0, jitterMs: 0, loss: 0 };

/** What lies between a station and a loudspeaker. */
export interface Network {
  /** Address by which the station is reached from behind it. */
  readonly url: string;
  /** Words before a command line that put a program behind it; none where any program may reach the address. */
  readonly enter: readonly string[];
  /** The weather changes, and stays as it is in all else. @throws Error for weather that it cannot make */
  change(changes: Partial<Weather>): Promise<void>;
  /** Ends every connection where it can, as a modem does that starts anew. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that wait in it, per direction; beyond it a sender's own buffers fill, or what comes is lost. */
export const QUEUE = 64 * 1024;
