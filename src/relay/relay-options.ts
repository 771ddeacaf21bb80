/**
 * What a loudspeaker's program is started with, and how it ends.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { ReceiverId } from "../domain/ids.js";
import type { MembershipOptions } from "./link/membership.js";
import type { TimekeeperOptions, TimeTrust } from "./link/timekeeper.js";
import type { Sink } from "./sound/sink.js";
import type { ProgramInSlot } from "./updating.js";

/**
 * What a supervisor may conclude: 0 stopped by request, 1 failed, 75 asks to be started again, 77 not paired:
 * starting again is no use.
 */
export type ExitCode = 0 | 1 | 75 | 77;

export interface RelayOptions extends MembershipOptions {
  /** Address of the station, `https://loa.example.vn/`; a second one for when the first does not answer. */
  readonly server: string | readonly string[];
  /** `auto|alsa[:dev]|pulse|command:CMD|wav:FILE|null`, or what takes the samples itself. */
  readonly out: string | Sink;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Search path for players. */
  readonly path?: string | undefined;
  /** A program that prints a line for each press of a button that silences what sounds. */
  readonly button?: string | undefined;
  /** The same of a button that mutes, and lets sound again. */
  readonly muteButton?: string | undefined;
  /** A program that prints what is heard at the amplifier, a level in dB below full scale on each line, several a second. */
  readonly monitor?: string | undefined;
  /** A program that prints how strong the radio signal is, dBm, as `mmcli --signal-get` does; again and again, or once at each start. */
  readonly signalCommand?: string | undefined;
  readonly clipBudget?: number | undefined;
  /** Who vouches for the server's time: the station's keys unless said otherwise, with `none` the plain answers. */
  readonly timeTrust?: TimeTrust | "none" | undefined;
  /** What keeps this machine's clock right; found out when left out. */
  readonly machineClock?: TimekeeperOptions["machineClock"] | undefined;
  readonly software?: string | undefined;
  /** Where its launcher keeps programs; without one it takes no update. */
  readonly slot?: ProgramInSlot | undefined;
  /** Of the program, three numbers. */
  readonly version?: string | undefined;
  /** Shows a line about the link to the person at the console. */
  readonly onTold?: ((words: Words) => void) | undefined;
  /** The server keeps saying that it does not know this device. The programme goes on, and it is asked again now and then. */
  readonly onRefused?: ((why: string) => void) | undefined;
}

export interface Relay {
  readonly receiver: ReceiverId;
  /** Stops sounding and writes everything down. */
  close(): Promise<void>;
  /** Resolves when the program is over. */
  readonly done: Promise<ExitCode>;
}
