import { expect } from "chai";
import { announcementSchema } from "../../src/domain/announcement.js";
import { campaignDraftSchema } from "../../src/domain/campaign.js";
import { packSchema } from "../../src/domain/emergency-pack.js";
import { officialTextSchema } from "../../src/domain/official-text.js";
import { playlistSchema } from "../../src/domain/playlist.js";
import { receiverSchema } from "../../src/domain/receiver.js";
import { scheduleSchema } from "../../src/domain/schedule.js";
import { templateSchema } from "../../src/domain/template.js";
import { lineSchema, titleSchema } from "../../src/domain/title.js";

describe("a title", () => {
  it("is one line of letters that are seen, whatever it was copied from", () => {
    expect(titleSchema.parse("Thông báo\r\n2026-11-29\torder.issued\u2028 chợ\u0000")).to.equal(
      "Thông báo 2026-11-29 order.issued chợ",
    );
    expect(titleSchema.parse("\u202eTin\u200b  giả\u202c ")).to.equal("Tin giả");
    expect(titleSchema.parse("Tie\u0302\u0301ng Vie\u0323\u0302t")).to.equal("Tiếng Việt");
  });

  it("is refused when nothing of it is seen, and when it is too long after cleaning", () => {
    expect(titleSchema.safeParse("\n\t\u200b").success).to.equal(false);
    expect(lineSchema(3).safeParse("a\n\nb").success).to.equal(true);
    expect(lineSchema(3).safeParse("a b c").success).to.equal(false);
    expect(lineSchema(3).safeParse(`a${" ".repeat(30)}`).success, "not even cleaned").to.equal(false);
  });

  it("is the same piece for all that people give a title to, and for loudspeakers' names", () => {
    const titles = [
      ...[announcementSchema.shape.title, scheduleSchema.shape.title, playlistSchema.shape.title],
      ...[packSchema.shape.title, campaignDraftSchema.shape.title, officialTextSchema.shape.title],
      ...[templateSchema.shape.title],
    ];
    expect(titles.every((one) => one === titleSchema)).to.equal(true);
    expect(receiverSchema.shape.name.parse("Loa\nchợ")).to.equal("Loa chợ");
  });
});
