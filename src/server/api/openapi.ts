/**
 * The OpenAPI 3.1 document, made from the same table that is mounted.
 *
 * @module
 */
import * as z from "zod";
import * as log from "./log-views.js";
import { UPLOAD_HEADER } from "./piecewise.js";
import { problemView } from "./problems.js";
import type { Access, Route, Schema } from "./route.js";
import * as view from "./views.js";

/** Views that many doors share keep their own names in the document. */
const SHARED: readonly (readonly [string, Schema])[] = [
  ["Problem", problemView],
  ["Station", view.stationView],
  ["Receiver", view.receiverView],
  ["Announcement", view.announcementView],
  ["Ordered", view.orderedView],
  ["OnAir", view.onAirView],
  ["LogLine", log.logLineView],
];

const SECURITY: Record<Access, readonly object[]> = {
  open: [],
  pairing: [],
  near: [{}, { station: [] }],
  station: [{ station: [] }, { cookie: [] }],
  device: [{ device: [] }],
};

const COMPONENTS = {
  station: { type: "http", scheme: "bearer", description: "Mã của đài / the station's token" },
  cookie: { type: "apiKey", in: "cookie", name: "__Host-loa" },
  device: {
    type: "http",
    scheme: "bearer",
    description: "Mã của kết nối hiện thời, trong welcome / the token of the device's connection, from its welcome",
  },
};

const PERSON_HEADER = {
  name: "Loa-Person",
  in: "header",
  required: false,
  description: "Tên người thực hiện, mã hoá phần trăm / the acting person's name, percent-encoded",
  schema: { type: "string" },
};
const MATCH_HEADER = (required: boolean) => ({
  name: "If-Match",
  in: "header",
  required,
  description: "ETag của bản đã đọc, hoặc * / ETag of what was read, or *",
  schema: { type: "string" },
});

const UPLOADED_HEADER = {
  name: UPLOAD_HEADER,
  in: "header",
  required: false,
  description:
    "Tệp đã gửi theo từng phần, thay cho nội dung / a file that was sent piece by piece, in place of the body",
  schema: { type: "string", format: "uuid" },
};

/** @param version of the program */
export function createOpenApi(routes: readonly Route[], version: string): object {
  const names = nameSchemas(routes);
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const here = paths[route.path] ?? {};
    here[route.method] = operation(route, names);
    paths[route.path] = here;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Loa Phường", version, description: "Điều khiển truyền thanh cơ sở / ward public-address control" },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { ...definitions(names.inputs, "input"), ...definitions(names.outputs, "output") },
      securitySchemes: COMPONENTS,
    },
  };
}

type Names = z.core.$ZodRegistry<{ id: string }>;
interface BothNames {
  readonly inputs: Names;
  readonly outputs: Names;
}

function nameSchemas(routes: readonly Route[]): BothNames {
  const inputs: Names = z.registry<{ id: string }>();
  const outputs: Names = z.registry<{ id: string }>();
  for (const [id, schema] of SHARED) outputs.add(schema, { id });
  for (const { id, body, response } of routes) {
    if (body && !inputs.has(body)) inputs.add(body, { id: `${capital(id)}Request` });
    if (response && !outputs.has(response)) outputs.add(response, { id: `${capital(id)}Answer` });
  }
  return { inputs, outputs };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const uri = (id: string) => `#/components/schemas/${id}`;

function definitions(names: Names, io: "input" | "output"): Record<string, object> {
  const { schemas } = z.toJSONSchema(names, { uri, io, unrepresentable: "any" });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)]));
}

/** Schemas inside a document have neither an id nor a dialect of their own. */
function withoutIds(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== "$id" && key !== "$schema" && key !== "id"),
  );
}

function operation(route: Route, { inputs, outputs }: BothNames): object {
  const changes = route.method !== "get" && route.access === "station";
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary.vi,
    description: route.summary.en,
    security: SECURITY[route.access],
    parameters: [
      ...parameters(route.params, "path"),
      ...parameters(route.query, "query"),
      ...(changes ? [PERSON_HEADER] : []),
      ...((route.method === "put" && route.takes !== "upload") || route.needsExpected
        ? [MATCH_HEADER(route.needsExpected === true)]
        : []),
      ...(route.takes === "upload" && route.mostBytes === undefined ? [UPLOADED_HEADER] : []),
    ],
    ...requestBody(route, inputs),
    responses: {
      [route.status]: { description: route.summary.en, ...content(route, outputs) },
      default: {
        description: "Từ chối, kèm lý do / refused, with the reason (RFC 9457)",
        content: { "application/problem+json": { schema: { $ref: uri("Problem") } } },
      },
    },
  };
}

function requestBody(route: Route, inputs: Names): object {
  if (route.takes === "upload")
    return {
      requestBody: {
        required: route.mostBytes !== undefined,
        content: { "application/octet-stream": {}, "audio/*": {} },
      },
    };
  const id = route.body && inputs.get(route.body)?.id;
  if (id === undefined) return {};
  const media = route.takes === "text" ? "text/plain" : "application/json";
  return { requestBody: { required: true, content: { [media]: { schema: { $ref: uri(id) } } } } };
}

function content(route: Route, outputs: Names): object {
  const id = route.response && outputs.get(route.response)?.id;
  if (id !== undefined) return { content: { "application/json": { schema: { $ref: uri(id) } } } };
  return route.media === undefined ? {} : { content: { [route.media]: { schema: { type: "string" } } } };
}

function parameters(schema: Schema | undefined, where: "path" | "query"): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: one,
  }));
}
