/**
 * A line of the program's log for somebody outside the house: what happened and where in the program, and nothing about anybody.
 *
 * @module
 */

/** What may be told at its word, when it looks like a word of the program. */
const WORDS = ["why", "reason", "code", "part", "trouble", "state", "voice", "method"] as const;
const WORD = /^[A-Za-z][A-Za-z0-9-]{0,40}$/;
const REQUEST = /^[0-9a-f-]{36}$/;
/** A step of a stack, from the program's own folder on. */
const FRAME =
  /^\s+at (?:[\w$.<> [\]]+ )?\(?(?:file:\/\/)?(?:node:[\w/]+|[^()]*?\/((?:dist|src|node_modules)\/[\w@./-]+)):(\d+):(\d+)\)?$/;
const FRAMES = 12;

/** `undefined` for what is no warning or error. */
export function scrubbedLine(text: string): object | undefined {
  let line: Readonly<Record<string, unknown>>;
  try {
    line = JSON.parse(text) as typeof line;
  } catch {
    // Half a line at the beginning of what was read, or what something else wrote there.
    return undefined;
  }
  const { time, level, event, request, path } = line;
  if ((level !== "warn" && level !== "error") || typeof event !== "string" || !/^[a-z.-]{1,60}$/.test(event))
    return undefined;
  const words = WORDS.flatMap((key) => {
    const value = line[key];
    return typeof value === "string" && WORD.test(value) ? [[key, value] as const] : [];
  });
  const figures = Object.entries(line).filter(([, value]) => typeof value === "number" || typeof value === "boolean");
  const stack = Object.values(line).find((value) => typeof value === "string" && value.includes("\n    at "));
  return {
    ...{ time: typeof time === "string" && !Number.isNaN(Date.parse(time)) ? time : undefined, level, event },
    ...Object.fromEntries([...figures, ...words]),
    ...(typeof request === "string" && REQUEST.test(request) ? { request } : {}),
    // Behind the third step stand names that people gave.
    ...(typeof path === "string"
      ? {
          path: path
            .split("/")
            .slice(0, 4)
            .filter((step) => /^[a-z0-9-]*$/.test(step))
            .join("/"),
        }
      : {}),
    ...(typeof stack === "string" ? { stack: framesOf(stack) } : {}),
  };
}

/** The kind of the error and its steps; its message may tell of anything. */
function framesOf(stack: string): readonly string[] {
  const kind = /^([A-Za-z]{1,40})(?::|$)/.exec(stack)?.[1];
  const frames = stack.split("\n").flatMap((step) => {
    const [, file, row, column] = FRAME.exec(step) ?? [];
    return file === undefined ? [] : [`${file}:${row}:${column}`];
  });
  return [...(kind === undefined ? [] : [kind]), ...frames.slice(0, FRAMES)];
}
