import { expect } from "chai";
import * as z from "zod";
import { ROUTES } from "../../../src/server/api/create-api.js";
import { problemView } from "../../../src/server/api/problems.js";
import { aSchedule, DEVICE_TOKEN } from "./fake-control.js";
import { BODIES, PATH_VALUES, PLAYLIST, pathOf } from "./right-requests.js";
import { startApi, TOKEN } from "./start-api.js";

describe("the table of doors", () => {
  it("answers every door as its schema says", async () => {
    const api = await startApi({ clipPath: import.meta.filename });
    await api.ask("PUT", "/api/v1/playlists/buoi-sang", { body: PLAYLIST });
    await api.ask("PUT", "/api/v1/schedules/sang", { body: aSchedule() });

    const begun = await api.ask("POST", "/api/v1/uploads", { body: BODIES.beginUpload });
    const { id: upload } = begun.json() as { id: string };
    // Doors about people need somebody who is logged in: `people.test.ts`.
    for (const route of ROUTES.filter(({ tag }) => tag !== "accounts")) {
      const query = route.id === "uploadRecording" ? "?title=Ghi%20%C3%A2m&name=a.mp3" : "";
      const path = pathOf(route).replace(PATH_VALUES.upload ?? "", upload);
      const answer = await api.ask(route.method.toUpperCase(), path + query, {
        body: BODIES[route.id],
        headers: { "if-match": "*" },
        token: route.access === "device" ? DEVICE_TOKEN : TOKEN,
      });

      expect(answer.status, `${route.id}: ${answer.text}`).to.equal(route.status);
      const media = answer.headers.get("content-type") ?? "";
      if (route.response) expect(z.safeParse(route.response, answer.json()).error, route.id).to.equal(undefined);
      else if (route.media) expect(media, route.id).to.contain(route.media);
      else expect(answer.text, route.id).to.equal("");
    }
    await api.close();
  });

  it("lets nobody through a station or device door without a token", async () => {
    const api = await startApi();

    for (const route of ROUTES.filter(({ access }) => access === "station" || access === "device")) {
      const answer = await api.ask(route.method.toUpperCase(), pathOf(route), { token: "" });
      expect(answer.status, route.id).to.equal(401);
      expect(problemView.safeParse(answer.json()).error, route.id).to.equal(undefined);
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("refuses a field it does not know at every door that takes JSON, and calls nothing", async () => {
    const api = await startApi();

    for (const route of ROUTES.filter(({ body, takes }) => body && takes !== "text")) {
      const body = { ...(BODIES[route.id] as object), titel: 1 };
      const answer = await api.ask(route.method.toUpperCase(), pathOf(route), { body, headers: { "if-match": "*" } });
      expect(answer.status, route.id).to.equal(400);
      expect(answer.json(), route.id).to.include({ code: "invalid", path: "/titel", reason: "unknown-field" });
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("answers 405 with the methods there are", async () => {
    const api = await startApi();

    const answer = await api.ask("DELETE", "/api/v1/areas");
    const options = await api.ask("OPTIONS", "/api/v1/playlists/x");

    expect(answer.status).to.equal(405);
    expect(answer.headers.get("allow")).to.equal("HEAD, GET, OPTIONS");
    expect(options.status).to.equal(204);
    expect(options.headers.get("allow")).to.equal("HEAD, GET, PUT, DELETE, OPTIONS");
    expect(options.headers.get("access-control-allow-origin")).to.equal(null);
    await api.close();
  });
});

describe("the OpenAPI document", () => {
  async function fetchDocument() {
    const api = await startApi();
    const answer = await api.ask("GET", "/api/v1/openapi.json", { token: "" });
    await api.close();
    return answer.json();
  }

  it("holds every mounted door with its parameters, and no other", async () => {
    const document = await fetchDocument();

    expect(document.openapi).to.match(/^3\.1\./);
    const described = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).to.deep.equal(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const { path, method, id } of ROUTES) {
      const { operationId, parameters, responses } = document.paths[path][method];
      expect(operationId).to.equal(id);
      const declared = parameters
        .filter((one: { in: string }) => one.in === "path")
        .map((one: { name: string }) => one.name);
      expect(declared, id).to.deep.equal([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(Object.keys(responses), id).to.have.length(2);
    }
    expect(new Set(ROUTES.map(({ id }) => id)).size).to.equal(ROUTES.length);
  });

  it("refers only to schemas it holds, and names no other document", async () => {
    const document = await fetchDocument();
    const text = JSON.stringify(document);

    const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ""));
    expect(refs.size).to.be.greaterThan(20);
    for (const ref of refs) {
      expect(ref).to.match(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas, ref).to.have.property(ref.split("/").at(-1) ?? "");
    }
    expect(text).to.not.match(/"\$(?:id|schema)":"/);
    expect(document.components.schemas.PutPlaylistRequest.additionalProperties).to.equal(false);
  });
});
