import * as z from "zod";
import type { Schema } from "../../src/server/api/route.js";

type Key = string | number;
interface Node {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
}

/** Key that stands for any key of a record. */
const ANY_KEY = "bat-ky";

/** Where a string of people's choice may stand in what a schema takes, as `/context/after/0`. */
export function stringFields(schema: Schema): readonly string[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;
  const found = new Set<string>();
  const walk = (node: Node, at: string, within: readonly string[] = []): void => {
    if (node.$ref !== undefined) {
      const meant = root.$defs?.[node.$ref.split("/").at(-1) ?? ""];
      if (meant && !within.includes(node.$ref)) walk(meant, at, [...within, node.$ref]);
    }
    for (const one of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]) walk(one, at, within);
    for (const [name, field] of Object.entries(node.properties ?? {})) walk(field, `${at}/${name}`, within);
    if (node.items) walk(node.items, `${at}/0`, within);
    if (typeof node.additionalProperties === "object") walk(node.additionalProperties, `${at}/${ANY_KEY}`, within);
    if (node.type === "string" && node.enum === undefined && node.const === undefined) found.add(at);
  };
  walk(root, "");
  return [...found];
}

/** `base` with `text` at `path`; what lies on the way and is not there is made. */
export function withText(base: unknown, path: string, text: string): unknown {
  const put = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return text;
    const isList = /^\d+$/.test(key);
    const inner = put((value as Record<Key, unknown> | undefined)?.[key], rest);
    if (!isList) return { ...(Array.isArray(value) ? {} : (value as object | undefined)), [key]: inner };
    const list: unknown[] = Array.isArray(value) ? value : [];
    return [...list.slice(0, Number(key)), inner, ...list.slice(Number(key) + 1)];
  };
  return put(base, path.split("/").slice(1));
}
