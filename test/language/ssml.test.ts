import { expect } from "chai";
import * as fc from "fast-check";
import { ssmlOf } from "../../src/language/index.js";
import { checkProperty } from "../support/check-property.js";

const bare = (ssml: string) =>
  ssml.replace(
    /^<speak version="1\.1" xmlns="http:\/\/www\.w3\.org\/2001\/10\/synthesis" xml:lang="vi-VN">|<\/speak>$/gu,
    "",
  );

describe("ssmlOf", () => {
  it("says sentences, paragraphs and the pauses between them outright", () => {
    expect(bare(ssmlOf("Kính mời bà con. Đúng bảy giờ!\nXin cảm ơn."))).to.equal(
      '<p><s>Kính mời bà con.</s><break time="400ms"/><s>Đúng bảy giờ!</s></p><break time="800ms"/><p><s>Xin cảm ơn.</s></p>',
    );
    expect(bare(ssmlOf("  \n"))).to.equal("");
  });

  it("lets no text become markup, and composes letters", () => {
    expect(bare(ssmlOf('</s><audio src="x"/> & \u0000a\u0300'))).to.equal(
      "<p><s>&lt;/s&gt;&lt;audio src=&quot;x&quot;/&gt; &amp; à</s></p>",
    );
  });

  it("has no other tags than its own, whatever the text", () => {
    checkProperty(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const rest = ssmlOf(text).replace(/<\/?(?:speak|p|s)(?: [^<>]*)?>|<break time="\d+ms"\/>/gu, "");
        expect(rest).to.not.match(/[<>]|&(?!lt;|gt;|amp;|quot;|apos;)/u);
      }),
    );
  });
});
