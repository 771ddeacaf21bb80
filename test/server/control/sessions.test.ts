import { expect } from "chai";
import { hours, minutes } from "../../../src/base/units.js";
import type { Session } from "../../../src/domain/account.js";
import type { AccountId } from "../../../src/domain/person.js";
import { createSessionBook, MOST_OF_ONE } from "../../../src/server/control/session-book.js";
import { FakeClock } from "../../support/fake-clock.js";
import { fakeRecords } from "../../support/fake-records.js";

const an = "van-an" as AccountId;

describe("sessions", () => {
  function start(sessions = fakeRecords<string, Session>(({ id }) => id), clock = new FakeClock()) {
    let made = 0;
    const proofs = {
      newSecret: () => `secret ${++made}`,
      hashOf: (secret: string) => Buffer.from(secret).toString("hex").padStart(64, "0"),
      newId: () => String(++made).padStart(20, "0"),
    };
    const book = createSessionBook({ sessions, proofs: proofs as never, now: () => clock.date() });
    const open = () => book.open({ account: an, factor: "password", from: "192.0.2.1", agent: "thử" });
    return { book, clock, open, sessions };
  }

  it("end after twelve hours unused, and a request keeps them alive", async () => {
    const { book, clock, open } = start();
    const { secret } = await open();

    clock.advance(hours(11));
    expect(book.find(secret)?.account).to.equal(an);
    clock.advance(hours(11));
    expect(book.find(secret)).to.not.equal(undefined);
    clock.advance(hours(12));
    expect(book.find(secret)).to.equal(undefined);
  });

  it("end after seven days, however much they are used", async () => {
    const { book, clock, open } = start();
    const { secret } = await open();

    for (let hour = 0; hour < 7 * 24; hour += 6) {
      expect(book.find(secret), `${hour} h`).to.not.equal(undefined);
      clock.advance(hours(6));
    }
    expect(book.find(secret)).to.equal(undefined);
  });

  it("are kept by the hash of their secret and not by the secret, and outlive a restart", async () => {
    const { clock, open, sessions } = start();
    const { secret } = await open();

    expect(JSON.stringify(sessions.all())).to.not.contain(secret);
    expect(start(sessions, clock).book.find(secret)?.account).to.equal(an);
  });

  it("note their use at most every five minutes", async () => {
    const { book, clock, open, sessions } = start();
    const { secret, session } = await open();
    const noted = () => sessions.get(session.id)?.usedAt;

    clock.advance(minutes(4));
    book.find(secret);
    expect(noted()).to.equal(session.usedAt);
    clock.advance(minutes(1));
    book.find(secret);
    expect(noted()).to.equal(clock.date());
  });

  it("have another secret after a proof, and the former opens nothing", async () => {
    const { book, clock, open } = start();
    const { secret, session } = await open();
    clock.advance(minutes(30));

    const fresh = (await book.prove(session.id, "totp")) ?? "";

    expect(book.find(secret)).to.equal(undefined);
    expect(book.find(fresh)).to.include({ id: session.id, factor: "totp", provenAt: clock.date() });
  });

  it("are ended one by one or all but one, and whoever listens is told", async () => {
    const { book, open } = start();
    const [one, other, third] = [await open(), await open(), await open()];
    const told: string[] = [];
    const forget = book.onEnd((id) => told.push(id));

    await book.end(one.session.id);
    await book.endAll(an, third.session.id);
    forget();
    await book.end(third.session.id);

    expect(told).to.deep.equal([one.session.id, other.session.id]);
    expect(book.of(an)).to.deep.equal([]);
  });

  it("are at most twenty of one account: the one that was used longest ago gives way", async () => {
    const { book, clock, open } = start();
    const all = [];
    for (let one = 0; one < MOST_OF_ONE; one++) all.push(await open());
    clock.advance(minutes(1));
    book.find(all[0]?.secret ?? "");

    await open();

    expect(book.of(an)).to.have.length(MOST_OF_ONE);
    expect(book.find(all[0]?.secret ?? "")).to.not.equal(undefined);
    expect(book.find(all[1]?.secret ?? "")).to.equal(undefined);
  });
});
