import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startApi } from "./start-api.js";

/** What a browser says when somebody types an address. */
const person = { accept: "text/html,application/xhtml+xml" };

async function built(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "loa-panel-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), '<script type="module" src="/assets/panel-abc.js"></script>');
  await writeFile(join(folder, "assets", "panel-abc.js"), "console.log(1)");
  await writeFile(join(folder, "assets", "notes.txt"), "not for anybody");
  return folder;
}

describe("the panel's files", () => {
  it("answer every address that a person may type, under a policy that lets in scripts of this station only", async () => {
    const api = await startApi({ panel: await built() });
    await api.people.first();

    for (const path of ["/", "/compose", "/loudspeakers/cot-1"]) {
      const { status, headers, text } = await api.ask("GET", path, { token: "", headers: person });
      expect(status, path).to.equal(200);
      expect(text).to.contain("panel-abc.js");
      expect(headers.get("content-security-policy")).to.contain("script-src 'self';").and.to.not.contain("unsafe");
      expect(headers.get("cache-control")).to.equal("no-store");
    }
    await api.close();
  });

  it("leave to programs the plain word that nothing is there", async () => {
    const api = await startApi({ panel: await built() });

    expect((await api.ask("GET", "/compose")).status).to.equal(404);
    expect((await api.ask("GET", "/api/v1/compose", { headers: person })).status).to.equal(404);
    expect((await api.ask("POST", "/compose", { headers: person })).status).to.equal(404);
    await api.close();
  });

  it("may be kept for ever under names that carry their hash, and nothing else is given out", async () => {
    const api = await startApi({ panel: await built() });

    const script = await api.ask("GET", "/assets/panel-abc.js", { token: "" });
    expect(script.text).to.equal("console.log(1)");
    expect(script.headers.get("content-type")).to.contain("text/javascript");
    expect(script.headers.get("cache-control")).to.contain("immutable");
    for (const path of ["/assets/notes.txt", "/assets/%2e%2e%2findex.html", "/assets/x.js", "/assets/"])
      expect((await api.browse("", "GET", path)).status, path).to.equal(404);
    await api.close();
  });

  it("have the picture that browsers ask for by themselves", async () => {
    const folder = await built();
    await writeFile(join(folder, "assets", "loudspeaker-abc.svg"), "<svg/>");
    const api = await startApi({ panel: folder });

    const icon = await api.ask("GET", "/favicon.ico", { token: "" });
    expect(icon.text).to.equal("<svg/>");
    expect(icon.headers.get("content-type")).to.contain("image/svg+xml");
    await api.close();
  });

  it("say what to do when the panel was not built", async () => {
    const api = await startApi({ panel: "/nowhere" });
    await api.people.first();

    const { status, text } = await api.ask("GET", "/", { token: "" });
    expect(status).to.equal(503);
    expect(text).to.contain("npm run build");
    await api.close();
  });
});
