import { expect } from "chai";
import * as z from "zod/mini";
import { expectation, meantBy } from "../../src/domain/expectation.js";
import { occurrenceIdSchema, receiverIdSchema, sha256Schema } from "../../src/domain/ids.js";
import { localDateSchema, localTimeSchema } from "../../src/domain/local-time.js";
import { libraryNameSchema } from "../../src/domain/playlist.js";

const refusalOf = (schema: z.ZodMiniType, value: unknown) => {
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue === undefined) throw new Error("it was taken");
  return issue;
};

describe("what a schema would have taken", () => {
  const forms: [what: string, schema: z.ZodMiniType<string>][] = [
    ["an id", receiverIdSchema],
    ["a day", localDateSchema],
    ["a time", localTimeSchema],
    ["a file of the library", libraryNameSchema],
    ["an occurrence", occurrenceIdSchema],
    ["a hash", sha256Schema],
    ["a taught reading", z.string().check(z.regex(/^[0-9a-f]{16}$/))],
    ["the name of a field", z.string().check(z.regex(/^[a-z][a-zA-Z0-9]{0,39}$/))],
  ];
  for (const [what, schema] of forms)
    it(`is said without a pattern, and with an example that it takes: ${what}`, () => {
      const { vi, en } = expectation(refusalOf(schema, "???"));

      expect(vi)
        .to.match(/ như \S+$/)
        .and.not.match(/[\^$\\]/);
      expect(en).to.match(/ such as \S+$/);
      expect(schema.safeParse(vi.split(" ").at(-1)).success, vi).to.equal(true);
      expect(schema.safeParse(en.split(" ").at(-1)).success, en).to.equal(true);
    });

  it("is said without an example rather than with a wrong one", () => {
    const plate = z.string().check(z.regex(/^49[A-Z]-\d{5}$/));
    expect(expectation(refusalOf(plate, "x")).vi).to.equal("đúng dạng quy định");
  });

  it("names the bound of a text, a list and a number", () => {
    const bounds: [z.ZodMiniType, unknown, string][] = [
      [z.string().check(z.maxLength(3)), "abcd", "đoạn chữ dài không quá 3 ký tự"],
      [z.array(z.string()).check(z.minLength(1)), [], "danh sách có từ 1 mục trở lên"],
      [z.int().check(z.lte(100)), 101, "số không quá 100"],
    ];
    for (const [schema, value, words] of bounds) expect(expectation(refusalOf(schema, value)).vi).to.equal(words);
  });

  it("comes with what was probably meant, for a choice that was misspelt", () => {
    const issue = refusalOf(z.enum(["ordinary", "emergency"]), "emergancy");
    expect(expectation(issue).en).to.equal("one of: ordinary, emergency");
    expect(meantBy(issue, "emergancy")).to.equal("emergency");
    expect(meantBy(issue, "zzzzzzzz")).to.equal(undefined);
  });
});
