/**
 * The only place where a Fault becomes an HTTP answer: RFC 9457 problem details, Vietnamese first, never a stack.
 *
 * @module
 */
import type { ErrorRequestHandler, Response } from "express";
import * as z from "zod";
import { Fault, type FaultCode, type Words } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { REQUEST_ID } from "./request-log.js";

const STATUS: Record<FaultCode, number> = {
  invalid: 400,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-large": 413,
  busy: 429,
  unavailable: 503,
};

/** Reasons whose status says more than their code's. */
const STATUS_OF_REASON: Readonly<Record<string, number>> = {
  "no-token": 401,
  "wrong-log-in": 401,
  "no-such-method": 405,
  "media-type": 415,
  "if-match-needed": 428,
  range: 416,
};

const TITLE: Record<FaultCode | "bug", Words> = {
  invalid: { vi: "Yêu cầu chưa đúng", en: "The request is not right" },
  forbidden: { vi: "Không được phép", en: "Not allowed" },
  "not-found": { vi: "Không có", en: "Not found" },
  conflict: { vi: "Đã có thay đổi khác", en: "It has changed meanwhile" },
  "too-large": { vi: "Quá lớn", en: "Too large" },
  busy: { vi: "Đang bận", en: "Busy" },
  unavailable: { vi: "Tạm thời không dùng được", en: "Not available now" },
  bug: { vi: "Lỗi của chương trình", en: "A fault of the program" },
};

/** What every refusal looks like. */
export const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  en: z.object({ title: z.string(), detail: z.string() }),
  code: z.string(),
  /** Names the request; it stands in the program's log, too. */
  instance: z.string().optional(),
  reason: z.string().optional(),
  /** JSON pointer of the field that is wrong. */
  path: z.string().optional(),
  /** On a conflict: the thing as it is now, its mark, and what was sent. */
  current: z.unknown().optional(),
  currentRevision: z.string().optional(),
  yours: z.unknown().optional(),
});
export type ProblemView = z.infer<typeof problemView>;

/** More members of a problem, such as both sides of a conflict. */
export type ProblemDetail = Partial<Pick<z.infer<typeof problemView>, "current" | "currentRevision" | "yours">>;

/** The status that a fault has, with the headers that belong to it. */
export function statusOf(fault: Fault, response: Response): number {
  const status = STATUS_OF_REASON[fault.reason ?? ""] ?? STATUS[fault.code];
  if (status === 401) response.set("WWW-Authenticate", 'Bearer realm="loa"');
  const wait = fault.waitSeconds === undefined ? response.get("Retry-After") : String(fault.waitSeconds);
  if (status === 429 || status === 503) response.set("Retry-After", wait ?? "10");
  return status;
}

/** Answers with what the fault says. */
export function answerFault(response: Response, fault: Fault, more: ProblemDetail = {}): void {
  const status = statusOf(fault, response);
  send(response, status, {
    type: `urn:loa-phuong:${fault.reason ?? fault.code}`,
    title: TITLE[fault.code].vi,
    detail: fault.words.vi,
    en: { title: TITLE[fault.code].en, detail: fault.words.en },
    code: fault.code,
    reason: fault.reason,
    path: fault.path,
    ...more,
  });
}

/** Express's last handler: faults are answered, errors of reading a body are named, the rest is a bug for the log. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const fault = error instanceof Fault ? error : faultOfBody(error);
    if (fault !== undefined) return answerFault(response, fault);
    log.error("api.bug", {
      ...{ request: response.get(REQUEST_ID), method: request.method, path: request.path, error },
    });
    send(response, 500, {
      type: "urn:loa-phuong:bug",
      title: TITLE.bug.vi,
      detail:
        "Chương trình gặp lỗi khi xử lý yêu cầu; chi tiết đã ghi vào nhật ký máy. Việc đã xác nhận trước đó vẫn giữ nguyên.",
      en: {
        title: TITLE.bug.en,
        detail:
          "The program failed on this request; the machine's log has the detail. What was confirmed before is kept.",
      },
      code: "bug",
    });
  };
}

function send(response: Response, status: number, problem: object): void {
  response.status(status).set("Cache-Control", "no-store").type("application/problem+json");
  const id = response.get(REQUEST_ID);
  response.send(
    JSON.stringify({ ...problem, status, ...(id === undefined ? {} : { instance: `urn:loa-phuong:request:${id}` }) }),
  );
}

/** What Express and its body parser say when the bytes of a request are wrong; both mark it with a status below 500. */
function faultOfBody(error: unknown): Fault | undefined {
  const { status, type } =
    typeof error === "object" && error !== null ? (error as { status?: unknown; type?: unknown }) : {};
  if (typeof status !== "number" || status >= 500 || status < 400) return undefined;
  if (status === 413) return new Fault("too-large", TOO_LARGE, { cause: error });
  if (status === 415) return new Fault("invalid", UNREADABLE, { reason: "media-type", cause: error });
  if (status === 416) return undefined;
  return new Fault("invalid", type === "entity.parse.failed" ? NOT_JSON : UNREADABLE, {
    reason: "unreadable",
    cause: error,
  });
}

const TOO_LARGE = {
  vi: "Nội dung gửi lên quá lớn: JSON tối đa 256 kB. Không có gì được lưu.",
  en: "What was sent is too large: JSON at most 256 kB. Nothing was kept.",
};
const NOT_JSON = {
  vi: "Nội dung gửi lên không phải là JSON đúng. Không có gì được lưu.",
  en: "What was sent is not valid JSON. Nothing was kept.",
};
const UNREADABLE = {
  vi: "Không đọc được yêu cầu: sai địa chỉ, kiểu nội dung hoặc cách nén. Không có gì được lưu.",
  en: "The request cannot be read: its address, content type or encoding is wrong. Nothing was kept.",
};
