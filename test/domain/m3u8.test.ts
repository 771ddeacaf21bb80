import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../src/base/errors.js";
import { playlistId } from "../../src/domain/ids.js";
import { exportM3u8, importM3u8 } from "../../src/domain/m3u8.js";
import { titleSchema } from "../../src/domain/title.js";
import { aPlaylist } from "../support/a-station.js";
import { checkProperty } from "../support/check-property.js";

const id = playlistId("sang");

describe("M3U8", () => {
  const playlist = aPlaylist("sang", [
    { kind: "chime", recording: "chuong.wav", gainDb: -3 },
    { kind: "pause", ms: 1500 },
    { kind: "announcement", announcement: "tin-1", repeat: 2, gapMs: 3000 },
  ]);
  const text = [
    "#EXTM3U",
    "#PLAYLIST:Danh sách sang",
    "#EXTINF:-1,chuong.wav",
    "#LOA-GAIN:-3",
    "chuong.wav",
    "#LOA-PAUSE:1500",
    "#EXTINF:31,Tiêm chủng đợt 2",
    "#LOA-REPEAT:2,3000",
    "loa:announcement/tin-1",
    "",
  ].join("\n");

  it("writes a playlist that other programs can show", () => {
    expect(exportM3u8(playlist, () => ({ title: "Tiêm chủng\nđợt 2", seconds: 30.4 }))).to.equal(text);
  });

  it("reads it back as it was, with any line ends and a byte order mark", () => {
    for (const variant of [text, `\uFEFF${text.replaceAll("\n", "\r\n")}`])
      expect(importM3u8(variant, id)).to.deep.equal(playlist);
  });

  it("passes over comments of other programs", () => {
    expect(importM3u8("#EXTM3U\n#EXTGRP:x\n# lời nhắc\n\nchuong.wav", id).items).to.have.length(1);
  });

  it("gives back every playlist it wrote", () => {
    const title = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((one) => titleSchema.safeParse(one).data === one);
    const gainDb = fc.integer({ min: -20, max: 6 });
    const item = fc.oneof(
      fc.record({ kind: fc.constant("pause"), ms: fc.integer({ min: 1, max: 600_000 }) }),
      fc.record({ kind: fc.constant("chime"), recording: fc.constantFrom("a.wav", "b-2.mp3"), gainDb }),
      fc.record({
        kind: fc.constant("announcement"),
        announcement: fc.constantFrom("tin-1", "x"),
        repeat: fc.integer({ min: 1, max: 10 }),
        gapMs: fc.integer({ min: 0, max: 600_000 }),
        gainDb,
      }),
    );
    checkProperty(
      fc.property(
        title,
        fc.option(fc.string(), { nil: undefined }),
        fc.array(item, { minLength: 1, maxLength: 20 }),
        (name, note, items) => {
          const made = { ...aPlaylist("sang", items), title: name, ...(note === undefined ? {} : { note }) };
          expect(importM3u8(exportM3u8(made), id)).to.deep.equal(made);
        },
      ),
    );
  });

  it("refuses what would play something from elsewhere, naming the line", () => {
    const hostile = [
      "http://example.org/a.mp3",
      "file:///etc/passwd",
      "/etc/passwd",
      "../../config/station.json",
      "C:\\Music\\a.mp3",
      "concat:a.wav|b.wav",
      "loa:announcement/../x",
      "loa:announcement/",
      "chuong.wav\u0000.mp3",
      "#EXT-X-TARGETDURATION:10",
      "#LOA-PAUSE:9e9",
      "#LOA-PAUSE:-1",
      "#LOA-GAIN:",
      "#LOA-REPEAT:1000000,0\nloa:announcement/a",
      "#LOA-NOTE:{}",
      '#LOA-NOTE:"',
    ];
    for (const line of hostile)
      expect(() => importM3u8(`#EXTM3U\n${line}\n`, id), line)
        .to.throw(Fault)
        .with.property("reason", "bad-m3u8");
    expect(() => importM3u8("#EXTM3U\n\nhttp://example.org/a.mp3", id)).to.throw(Fault, "line 3");
  });

  it("refuses what is no M3U, empty, or far too large", () => {
    for (const wrong of [
      "",
      "ffconcat version 1.0\nfile a.wav",
      "#EXTM3U\n",
      "#EXTM3U\nchuong.wav\n".padEnd(300_000, "#\n"),
    ])
      expect(() => importM3u8(wrong, id), wrong.slice(0, 20)).to.throw(Fault);
    expect(() => importM3u8(`#EXTM3U\n${"chuong.wav\n".repeat(201)}`, id)).to.throw(Fault, "/items");
    expect(() => importM3u8(`#EXTM3U\n${"#\n".repeat(5000)}`, id)).to.throw(Fault, "lines");
  });
});
