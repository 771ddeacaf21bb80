/**
 * A voice service of the station's choice, described by a template in `config/station.json`.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { Fault } from "../../base/errors.js";
import { ms } from "../../base/units.js";
import { splitSentences, ssmlOf } from "../../language/index.js";
import { type AudioKind, audioKind } from "./audio-kind.js";
import { CallFailure } from "./call-failure.js";
import { type CallerOptions, createCaller } from "./caller.js";
import { type Download, download } from "./download.js";
import {
  bodyEscape,
  type Environment,
  type Escape,
  type Filling,
  fill,
  inHeader,
  inUrl,
  textAt,
} from "./http-template.js";
import { readMp3 } from "./mp3.js";
import { named, type Provider, voiceOf } from "./provider.js";
import { together } from "./together.js";

/** A request with holes; see `fill` for the holes. */
export interface HttpTemplate {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Where in a JSON answer the sound stands, as base64 or as its address; without it the answer itself is the sound. */
  readonly responsePath?: string | undefined;
  /** The service's names of its voices. */
  readonly voices: readonly string[];
  /** Longest text of one request, UTF-16 units; a longer one is sent in parts, which must then be MP3. */
  readonly maxLetters: number;
  readonly timeoutMs: number;
  /** Whether the service may be at a loopback or private address. */
  readonly allowPrivate?: boolean | undefined;
}

export interface HttpVoiceOptions extends Pick<CallerOptions, "clock" | "random" | "log"> {
  readonly template: HttpTemplate;
  /** Where `{env:NAME}` is looked up. */
  readonly env: Environment;
}

/** Ten minutes of uncompressed speech. */
const MOST_BYTES = 50_000_000;
/** Base64 makes four of three. */
const MOST_JSON_BYTES = 70_000_000;
const AT_ONCE = 2;

/** Speeds from 0.5 to 2, as the service understands them. All its sound goes by the name `.audio`: the content tells what it is. */
export function createHttpVoice({ template, env, clock, random, log }: HttpVoiceOptions): Provider {
  const title = hostOf(template.url);
  const caller = createCaller({ clock, random, log, title, atOnce: AT_ONCE });
  const voices = (template.voices.length > 0 ? template.voices : ["default"]).map((voice) => ({
    voice,
    title: named(`${title}, ${voice}`),
  }));
  const limits = { timeout: ms(template.timeoutMs), allowPrivate: template.allowPrivate ?? false, clock };

  const ask = async (filling: Filling, signal: AbortSignal): Promise<Buffer> => {
    const { responsePath } = template;
    const mostBytes = responsePath === undefined ? MOST_BYTES : MOST_JSON_BYTES;
    const answer = await download({ ...requestOf(template, filling, env), ...limits, mostBytes }, signal);
    if (responsePath === undefined) return answer.bytes;
    const found = textAt(jsonOf(answer), responsePath);
    if (found === undefined) throw new CallFailure("not-audio", { detail: `nothing at ${responsePath}` });
    if (!/^https?:\/\//u.test(found)) return Buffer.from(found.replace(/^data:[^,]*,/u, ""), "base64");
    if (!URL.canParse(found)) throw new CallFailure("not-audio", { detail: "a broken address" });
    return (await download({ url: new URL(found), ...limits, mostBytes: MOST_BYTES }, signal)).bytes;
  };

  const checkedSound = async (filling: Filling, signal: AbortSignal): Promise<Buffer> => {
    const bytes = await ask(filling, signal);
    const kind = audioKind(bytes);
    if (kind === undefined) throw new CallFailure("not-audio");
    if (kind === "mp3" && readMp3(bytes) === undefined) throw new CallFailure("truncated", { detail: "broken MP3" });
    return bytes;
  };

  return {
    name: "http",
    extension: "audio",
    fingerprint: `${template.url} ${template.body ?? ""}`,
    voices,
    problem: caller.problem,
    choose: (wish) => ({ provider: "http", voice: voiceOf({ voices }, wish), speed: wish.speed ?? 1 }),
    async speak(text, { choice: { voice, speed }, file }, signal) {
      const parts = partsOf(text, template.maxLetters);
      const sounds = await together(
        parts.map(
          (part) => (stop: AbortSignal) =>
            caller.call(() => checkedSound({ text: part, ssml: ssmlOf(part), voice, speed }, stop), stop),
        ),
        signal,
      );
      await writeFile(file, sounds.length === 1 ? (sounds[0] ?? Buffer.alloc(0)) : joinedMp3(sounds, title));
    },
    async close() {},
  };
}

/** The host alone: the rest of a URL may hold a key. */
const hostOf = (url: string): string => /^https?:\/\/([^/?#:]+)/u.exec(url)?.[1] ?? "HTTP";

function requestOf(template: HttpTemplate, filling: Filling, env: Environment) {
  try {
    const filled = (text: string, inPlace: Escape) => fill(text, { filling, env, inPlace });
    const headers = Object.fromEntries(
      Object.entries(template.headers).map(([name, value]) => [name.toLowerCase(), filled(value, inHeader)]),
    );
    const { body } = template;
    const contentType = headers["content-type"] ?? (body === undefined ? undefined : "application/json");
    return {
      url: new URL(filled(template.url, inUrl)),
      method: template.method,
      headers: contentType === undefined ? headers : { ...headers, "content-type": contentType },
      body: body === undefined ? undefined : filled(body, bodyEscape(contentType)),
    };
  } catch (cause) {
    throw new CallFailure("refused", { detail: "the template cannot be filled", cause });
  }
}

function jsonOf({ bytes }: Download): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new CallFailure("not-audio", { detail: "no JSON", cause });
  }
}

/** As few requests as the service allows. */
function partsOf(text: string, longest: number): readonly string[] {
  if (text.length <= longest) return [text];
  const parts: string[] = [];
  for (const { text: phrase } of splitSentences(text, longest)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + 1 + phrase.length <= longest) parts[parts.length - 1] = `${last} ${phrase}`;
    else parts.push(phrase);
  }
  return parts;
}

function joinedMp3(sounds: readonly Buffer[], title: string): Buffer {
  const pieces = sounds.map((sound) => (audioKind(sound) satisfies AudioKind | undefined) === "mp3" && readMp3(sound));
  const whole = pieces.flatMap((piece) => (piece ? [piece] : []));
  const formats = new Set(whole.map(({ format }) => format));
  if (whole.length === sounds.length && formats.size === 1) return Buffer.concat(whole.map(({ frames }) => frames));
  throw new Fault(
    "unavailable",
    {
      vi: `${title} không đọc được văn bản dài trong một lần, và chỉ có thể ghép âm thanh MP3.`,
      en: `${title} cannot say a long text in one go, and only MP3 can be joined.`,
    },
    { reason: "too-long" },
  );
}
