import { expect } from "chai";
import { mayBe, severitiesSchema, severityOf } from "../../src/domain/check-severity.js";
import { localDate } from "../../src/domain/local-time.js";
import { check } from "../../src/language/checks/index.js";

const today = localDate("2026-11-23");

describe("severityOf", () => {
  it("lets a policy raise, lower or silence what is no gate", () => {
    expect(severityOf("stigma", "warning", { stigma: "gate" })).to.equal("gate");
    expect(severityOf("stigma", "warning", { stigma: "note" })).to.equal("note");
    expect(severityOf("stigma", "warning", { stigma: "off" })).to.equal(undefined);
  });

  it("never lowers the gates of the design", () => {
    expect(severityOf("balance.recovered", "gate", { "balance.recovered": "off" })).to.equal("gate");
    expect(severityOf("privacy.name", "gate", { "privacy.name": "note" })).to.equal("gate");
  });

  it("holds in a whole check: names of patients stay a gate, names elsewhere follow the policy", () => {
    const severities = { "privacy.name": "off", "source.body": "off", "balance.recovered": "note" } as const;
    const names = check("Chị Lê Thị Thử trúng xe.", { today, severities });
    const gates = check("Có 3 ca mắc sởi; một bệnh nhân là chị Lê Thị Thử.", { today, severities });
    expect(names).to.deep.equal([]);
    expect(gates.filter(({ severity }) => severity !== "gate")).to.deep.equal([]);
    expect(gates.map((finding) => finding.check)).to.include.members([
      "privacy.name",
      "source.body",
      "balance.recovered",
    ]);
  });

  it("is not fooled by names that every object has", () => {
    expect(severityOf("stigma", "warning", JSON.parse('{"__proto__":{"stigma":"off"}}'))).to.equal("warning");
  });
});

describe("a policy of severities", () => {
  it("is refused when it names a gate and lowers it, or a check that does not exist", () => {
    expect(severitiesSchema.safeParse({ stigma: "off", "privacy.phone": "gate" }).success).to.equal(true);
    expect(severitiesSchema.safeParse({ "balance.as-of": "warning" }).success).to.equal(false);
    expect(severitiesSchema.safeParse({ "balance.as-of": "gate" }).success).to.equal(true);
    expect(severitiesSchema.safeParse({ stigmata: "off" }).success).to.equal(false);
    expect(mayBe("source.document", "off")).to.equal(false);
  });
});
