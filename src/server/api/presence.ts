/**
 * Who has which thing open, as panels say: a hint for people who are about to edit the same, never a lock. What is not said again
 * in time is over by itself.
 *
 * @module
 */
import * as z from "zod";
import { type Ms, seconds } from "../../base/units.js";
import { isSamePerson, type Person } from "../../domain/person.js";

/** A panel says again what it has open at least this often; after half as long again it no longer has. */
export const SAID_AGAIN: Ms = seconds(60);
const OVER: Ms = seconds(90);
/** Things that one panel may have open; a person looks at one or two. */
const MOST_OPEN = 10;

const thingSchema = z.strictObject({
  kind: z.enum(["announcement", "playlist", "schedule", "official-text", "receiver", "template", "pack"]),
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/),
});
export type Thing = z.infer<typeof thingSchema>;

/** What a panel says: that it has a thing open, again and again, or no longer. */
const saidSchema = z.union([z.strictObject({ open: thingSchema }), z.strictObject({ close: thingSchema })]);

/** What panels are told of one thing: everybody who has it open, each person once, since when first. */
export interface Presence {
  readonly kind: "presence";
  readonly thing: Thing;
  readonly people: readonly { readonly name: string; readonly since: string }[];
}

interface Opened {
  readonly person: Person;
  readonly thing: Thing;
  /** Civil milliseconds. */
  readonly since: number;
  until: number;
}

export interface PresenceParts {
  /** Civil milliseconds. */
  readonly now: () => number;
  readonly tell: (presence: Presence) => void;
}

/** @typeParam Panel stands for one connection */
export function createPresence<Panel extends object>({ now, tell }: PresenceParts) {
  const panels = new Map<Panel, Map<string, Opened>>();
  const keyOf = ({ kind, id }: Thing) => `${kind}/${id}`;

  const of = (thing: Thing): Presence => {
    const key = keyOf(thing);
    const found: Opened[] = [];
    for (const opened of panels.values()) {
      const one = opened.get(key);
      const known = one && found.findIndex(({ person }) => isSamePerson(person, one.person));
      if (!one || known === undefined) continue;
      if (known < 0) found.push(one);
      else if (one.since < (found[known]?.since ?? 0)) found[known] = one;
    }
    found.sort((a, b) => a.since - b.since);
    const people = found.map(({ person, since }) => ({ name: person.name, since: new Date(since).toISOString() }));
    return { kind: "presence", thing, people };
  };
  const open = (panel: Panel, person: Person, thing: Thing) => {
    const opened = panels.get(panel) ?? new Map<string, Opened>();
    panels.set(panel, opened);
    const known = opened.get(keyOf(thing));
    if (known) {
      known.until = now() + OVER;
      return;
    }
    const [oldest] = opened.values();
    if (oldest && opened.size >= MOST_OPEN) close(panel, oldest.thing);
    opened.set(keyOf(thing), { person, thing, since: now(), until: now() + OVER });
    tell(of(thing));
  };
  const close = (panel: Panel, thing: Thing) => {
    if (panels.get(panel)?.delete(keyOf(thing))) tell(of(thing));
  };

  return {
    /** Takes what a panel said; anything else than that is ignored. */
    heard(panel: Panel, person: Person, text: string) {
      const said = saidSchema.safeParse(valueIn(text)).data;
      if (said && "open" in said) open(panel, person, said.open);
      else if (said) close(panel, said.close);
    },
    /** Its connection is gone. */
    gone(panel: Panel) {
      const left = [...(panels.get(panel)?.values() ?? [])];
      panels.delete(panel);
      for (const { thing } of left) tell(of(thing));
    },
    /** Ends what was not said again; call it every now and then. */
    expire() {
      for (const [panel, opened] of panels)
        for (const { thing, until } of [...opened.values()]) if (until <= now()) close(panel, thing);
    },
    /** All things that somebody has open. */
    all(): readonly Presence[] {
      const things = new Map(
        [...panels.values()].flatMap((opened) => [...opened].map(([key, { thing }]) => [key, thing])),
      );
      return [...things.values()].map(of);
    },
  };
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON says nothing.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
