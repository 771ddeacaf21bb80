import { expect } from "chai";
import { z } from "zod";
import { Fault } from "../../../src/base/errors.js";
import { silentLog } from "../../../src/base/log.js";
import { type CollectionOptions, openCollection } from "../../../src/server/store/collection.js";
import { machineFiles } from "../../../src/server/store/disk.js";
import { FakeClock } from "../../support/fake-clock.js";

/** The simplest thing that can be kept. */
export interface Thing {
  id: string;
  text: string;
}

export const openThings = (path: string, more: Partial<CollectionOptions<string, Thing>> = {}) =>
  openCollection<string, Thing>({
    path,
    schema: z.strictObject({ id: z.string(), text: z.string() }),
    idOf: ({ id }) => id,
    atMost: 1000,
    files: machineFiles,
    clock: new FakeClock(),
    log: silentLog,
    ...more,
  });

/** A log that remembers what it was told. */
export function heardLog() {
  const events: string[] = [];
  const hear = (event: string) => void events.push(event);
  return { events, log: { ...silentLog, info: hear, warn: hear, error: hear } };
}

/** The fault that the work ends with. */
export async function refusal(work: Promise<unknown>): Promise<Fault> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).to.be.instanceOf(Fault);
  return thrown as Fault;
}
