/**
 * Which fields a schema allows at a place, so that a misspelt one can be matched with those that exist.
 *
 * @module
 */
import type { z } from "zod";
import type { Path } from "./json.js";

/** What lies at `path`, or `undefined`. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

/** Names of the fields that an object at `path` may have; none when the schema is not known to hold one there. */
export function fieldsAt(schema: z.core.$ZodType, value: unknown, path: Path): string[] {
  let here: z.core.$ZodType | undefined = inside(schema, value);
  let held = value;
  for (const step of path) {
    held = valueAt(held, [step]);
    here = here && stepInto(here, step);
    here = here && inside(here, held);
  }
  const def = here && defOf(here);
  return def?.type === "object" ? Object.keys(def.shape) : [];
}

const defOf = (schema: z.core.$ZodType) => (schema as z.core.$ZodTypes)._zod.def;

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
  const def = defOf(schema);
  if (def.type === "object") return def.shape[String(step)];
  if (def.type === "array") return def.element;
  if (def.type === "record") return def.valueType;
  return undefined;
}

/** The schema under its wrappers, and of a union the member that `value` says it is. */
function inside(schema: z.core.$ZodType, value: unknown): z.core.$ZodType | undefined {
  const def = defOf(schema);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "nonoptional":
    case "catch":
      return inside(def.innerType, value);
    case "pipe":
      return inside(def.in, value);
    case "union":
      return memberFor(def, value);
    default:
      return schema;
  }
}

function memberFor(def: z.core.$ZodUnionDef, value: unknown): z.core.$ZodType | undefined {
  const tag = (def as Partial<z.core.$ZodDiscriminatedUnionDef>).discriminator;
  if (tag === undefined) return def.options[0];
  const said = valueAt(value, [tag]);
  return def.options.find((option) => {
    const shape = defOf(option);
    const literal = shape.type === "object" ? shape.shape[tag] : undefined;
    return literal?._zod.values?.has(said as z.core.util.Primitive) ?? false;
  });
}
