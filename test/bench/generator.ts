/**
 * The simulated receivers: the C program where it could be built, else a slower one in Node with the same words.
 *
 * @module
 */
import { type Child, namedArguments, startChild, startNode } from "./child.js";
import type { Native } from "./native.js";

/** See the head of `load-generator.c`. */
export interface Load {
  readonly port: number;
  readonly count: number;
  readonly proto?: "ws" | "ogg";
  readonly path?: string;
  readonly tls?: 0 | 1;
  readonly inflight?: number;
  readonly rate?: number;
  readonly report?: number;
  readonly ping?: number;
  readonly burst?: number;
  readonly stall?: number;
  readonly stallreport?: 0 | 1;
  readonly rcvbuf?: number;
  readonly jitter?: number;
  readonly tick?: number;
}

/** What the receivers got between «mark» and «stop». */
export interface LoadResult {
  readonly seconds: number;
  readonly open: number;
  readonly bytes: number;
  readonly packets: number;
  readonly gaps: number;
  readonly repeated: number;
  readonly corrupt: number;
  readonly lost: number;
  readonly unsent: number;
  readonly silent: number;
  readonly pings: number;
  readonly pongs: number;
  /** Clock questions and their answers. */
  readonly asked: number;
  readonly answers: number;
  /** Share of a core that the generator itself used: above 0.8 the measurement says nothing. */
  readonly load: number;
}

export interface Generator {
  /** Seconds until all were connected. */
  opened(): Promise<number>;
  mark(): void;
  /** Seconds from the first loss until all had audio again. */
  back(patience: number): Promise<number>;
  stop(): Promise<LoadResult>;
  end(): Promise<void>;
}

export function startGenerator(native: Native | undefined, load: Load): Generator {
  const argv = namedArguments({ ...load });
  const child: Child = native ? startChild(native.loadGenerator, argv) : startNode("simulated-receivers", argv);
  const event = async (name: string, patience?: number) => JSON.parse(await child.line(`{"event":"${name}"`, patience));

  return {
    opened: async () => (await event("open")).seconds,
    mark: () => child.say("mark"),
    back: async (patience) => (await event("back", patience)).seconds,
    async stop() {
      child.say("stop");
      return event("result");
    },
    end: () => child.end(),
  };
}
